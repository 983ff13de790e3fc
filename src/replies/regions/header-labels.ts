import { phraseKey } from '../phrases.ts'

/**
 * What may be labels of a quoted header (`From: … Sent: …`) in a line, folded; the first must stand at its beginning,
 * behind quote marks and asterisks at most.
 */
export function headerLabels(text: string): string[] {
  if (!/[:：]/.test(text)) return []
  if (!/^[\s>*_|]*\p{L}[\p{L}\p{M}\s]{0,14}[\s*_\u00a0]{0,4}[:：]/u.test(text)) return []
  const parts = text.slice(0, 2_000).split(/[:：]/)
  return parts
    .slice(0, -1)
    .map((part, index) =>
      phraseKey(index === 0 ? part : (/\p{L}+[\s*_\u00a0]{0,4}$/u.exec(part.slice(-20))?.[0] ?? '')),
    )
}
