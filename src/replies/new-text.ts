import type { Region, ReplyReading } from './reading.ts'
import { isMeaningful, splitLines, type TextLine } from './text-lines.ts'

/** What a mail client, or we ourselves, put there. */
const quoted: Region[] = ['quote', 'marker']
/** What stands below every mail of a person or in front of it, and says nothing of this one. */
const standing: Region[] = ['signature', 'banner', 'disclaimer']

/**
 * The lines that a reading's sender wrote and that say something. Signatures, banners and disclaimers are left out, unless
 * nothing else is left of the mail.
 */
export function newLines({ text, trace }: Pick<ReplyReading, 'text' | 'trace'>): TextLine[] {
  const linesWithout = (regions: Region[]) =>
    splitLines(
      trace
        .filter(({ region }) => !regions.includes(region))
        .map(({ from, to }) => text.slice(from, to))
        .join(''),
    ).filter(isMeaningful)
  const own = linesWithout([...quoted, ...standing])
  return own.length > 0 ? own : linesWithout(quoted)
}
