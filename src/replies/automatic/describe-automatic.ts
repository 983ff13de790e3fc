import type { ParsedMessage } from '../../mail/message.ts'
import { anyLanguage } from '../languages/all-languages.ts'
import type { AutomaticSubtype, ReplyReading } from '../reading.ts'
import type { TextLine } from '../text-lines.ts'
import { findReturnDate } from './find-return-date.ts'
import { findStandIn } from './find-stand-in.ts'
import { isAbsence } from './is-absence.ts'
import { subjectBegins } from './subject-begins.ts'

/**
 * What an automatic mail tells: an automatic answer whose text or subject speaks of an absence is an out-of-office reply,
 * and this one says until when, and who stands in.
 *
 * @param lines Its new text, without what it quotes.
 */
export function describeAutomatic(
  declared: AutomaticSubtype,
  message: ParsedMessage,
  lines: TextLine[],
): NonNullable<ReplyReading['automatic']> {
  const { subject, date } = message
  const mayBeAway = declared === 'auto-reply' || declared === 'list'
  const isAway = () => isAbsence(lines) || subjectBegins(subject, anyLanguage.awaySubjects, null)
  const subtype = mayBeAway && isAway() ? 'out-of-office' : declared
  if (subtype !== 'out-of-office') return { subtype, returnsOn: null, standIn: null }
  const text = lines.map((line) => line.text).join('\n')
  return {
    subtype,
    returnsOn: findReturnDate(text, date) ?? findReturnDate(subject, date),
    standIn: findStandIn(lines, message),
  }
}
