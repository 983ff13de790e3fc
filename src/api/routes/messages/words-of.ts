import type { z } from 'zod'
import { describeFacts } from '../../../inbound/in-words/describe-facts.ts'
import { describeRule } from '../../../inbound/in-words/describe-rule.ts'
import { describeSaying } from '../../../inbound/in-words/describe-saying.ts'
import type { Translate } from '../../../lib/translate.ts'
import type { ReplyReading } from '../../../replies/reading.ts'
import type { inboundView } from './message-view.ts'

/** A reading in words: what is read, and what the names in its trace mean. */
export function wordsOf(
  reading: ReplyReading,
  text: Translate,
): NonNullable<z.output<typeof inboundView>['words']> {
  const bodies = [reading, ...reading.parts]
  const trace = bodies.flatMap((body) => body.trace).filter(({ region }) => region !== 'blank')
  const matched = bodies.flatMap((body) => body.matched)
  return {
    said: describeSaying(reading, text),
    facts: describeFacts(reading, text),
    parts: reading.parts.map((part) =>
      text(`readings:part.${part.part}`, { said: describeSaying({ ...part, automatic: null }, text) }),
    ),
    regions: named(trace.map(({ region }) => [region, text(`readings:region.${region}`)])),
    rules: named(trace.map(({ rule }) => [rule, describeRule(rule, text)])),
    matched: named(matched.map(({ as }) => [as, text(`readings:matched.${as}`)])),
  }
}

const named = (entries: [string, string][]): Record<string, string> => Object.fromEntries(entries)
