import type { Locale, Translate } from '../../lib/translate.ts'
import { localTime } from './local-time.ts'
import type { Block } from './mail-content.ts'
import type { DecisionFacts } from './mail-model.ts'
import { plainLine, plainLines } from './plain-text.ts'

interface Reader {
  locale: Locale
  timeZone: string
  /** Whether the decision is theirs. */
  own: boolean
}

/** A decision: who, what and when in one sentence, then the answers to further questions, then the comment. */
export function decisionBlocks(decision: DecisionFacts, reader: Reader, translate: Translate): Block[] {
  const lines = plainLines(decision.comment, 20, 500)
  const quote: Block[] = lines.length === 0 ? [] : [{ kind: 'quote', lines }]
  const rows = decision.further.map(({ label, value }) => ({
    label: plainLine(label, 100),
    value: plainLine(value, 500),
  }))
  const further: Block[] = rows.length === 0 ? [] : [{ kind: 'table', rows }]
  return [{ kind: 'paragraph', text: decisionText(decision, reader, translate) }, ...further, ...quote]
}

/** Who decided what and when; and who has entered it, where they did not answer themselves. */
export function decisionText(
  { byName, enteredByName, answer, at }: DecisionFacts,
  { locale, timeZone, own }: Reader,
  translate: Translate,
): string {
  const values = {
    by: plainLine(byName, 100),
    answer: plainLine(answer, 60),
    date: localTime(at, locale, timeZone),
    name: plainLine(enteredByName ?? '', 100),
  }
  const key = own ? 'own' : 'by'
  return translate(`mails:decision.${enteredByName === null ? key : `${key}-entered`}`, values)
}
