import { anyLanguage } from '../languages/all-languages.ts'
import { phraseAt } from '../phrases.ts'
import { TextLine } from '../text-lines.ts'

/** A line without the words that point at what follows: `my answers below` is a doubt beside an answer, and none above it. */
export function withoutPointers(line: TextLine): TextLine {
  const { words } = line
  let text = line.text
  for (let at = 0; at < words.length; at += 1) {
    const found = phraseAt(words, at, anyLanguage.pointers)
    const [first, last, next] = [
      words[at],
      words[at + (found?.length ?? 1) - 1],
      words[at + (found?.length ?? 1)],
    ]
    // `below 500` points at nothing.
    if (found === null || first === undefined || last === undefined || /\p{N}/u.test(next?.text ?? ''))
      continue
    text = text.slice(0, first.from) + ' '.repeat(last.to - first.from) + text.slice(last.to)
  }
  return text === line.text ? line : new TextLine(text, line.from, line.to)
}
