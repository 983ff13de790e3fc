import type { ValueQuestion } from '../../reading.ts'
import { readDate } from './read-date.ts'
import { readMoney } from './read-money.ts'
import { readNumber } from './read-number.ts'
import { readText } from './read-text.ts'
import type { ValueReading } from './value-reading.ts'

/**
 * What stands for an answer, as a value of the question's type. The whole text must be the value: `about 1250` is none.
 *
 * @param locale The approver's language, which settles what figures can mean where it is plain.
 */
export function readValue(question: ValueQuestion, text: string, locale: string): ValueReading {
  switch (question.type) {
    case 'number':
      return readNumber(text.trim(), locale)
    case 'money':
      return readMoney(text.trim(), question.currency, locale)
    case 'date':
      return readDate(text.trim(), locale)
    case 'text':
      return readText(text)
  }
}
