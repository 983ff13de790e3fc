import type { Locale, Translate } from '../../lib/translate.ts'
import { localTime } from './local-time.ts'
import type { Block } from './mail-content.ts'
import type { DecisionFacts } from './mail-model.ts'
import { plainLine, plainLines } from './plain-text.ts'

/** A decision: who, what and when in one sentence, then the answers to further questions, then the comment. */
export function decisionBlocks(
  decision: DecisionFacts,
  reader: { locale: Locale; timeZone: string; own: boolean },
  translate: Translate,
): Block[] {
  const lines = plainLines(decision.comment, 20, 500)
  const quote: Block[] = lines.length === 0 ? [] : [{ kind: 'quote', lines }]
  const text = translate(reader.own ? 'mails:decision.own' : 'mails:decision.by', {
    by: plainLine(decision.byName, 100),
    answer: plainLine(decision.answer, 60),
    date: localTime(decision.at, reader.locale, reader.timeZone),
  })
  const rows = decision.further.map(({ label, value }) => ({
    label: plainLine(label, 100),
    value: plainLine(value, 500),
  }))
  const further: Block[] = rows.length === 0 ? [] : [{ kind: 'table', rows }]
  return [{ kind: 'paragraph', text }, ...further, ...quote]
}
