import { readdirSync, readFileSync } from 'node:fs'
import type { ParsedMessage } from '../../src/mail/message.ts'
import { parseMessage } from '../../src/mail/parse-message.ts'
import type { Choice, ReadContext } from '../../src/replies/reading.ts'

const folder = new URL('../fixtures/replies/short/', import.meta.url)

/** What somebody wrote, without quote or signature of a client. */
export interface ShortReply {
  /** Its line in the file. */
  at: number
  /** The result that it chooses, or `?`. */
  meant: string
  text: string
  locale: string
  choices: Choice[]
}

/** The files of short replies, one a language. */
export const shortReplyFiles = readdirSync(folder).filter((name) => name.endsWith('.txt'))

/** Sets of replies that the reader was not made with, each written before anybody saw how it is read. */
export type HeldOutSet = 'held-out' | 'held-out-2' | 'held-out-3' | 'ordinary'

/** Replies that are only ever counted: they tell what the reader makes of the next ones. */
export function heldOutReplies(set: HeldOutSet): ShortReply[] {
  const heldOutFolder = new URL(`../fixtures/replies/${set}/`, import.meta.url)
  return readdirSync(heldOutFolder)
    .filter((name) => name.endsWith('.txt'))
    .flatMap((name) => repliesIn(readFileSync(new URL(name, heldOutFolder), 'utf8')))
}

/**
 * A file's replies: `YES<tab>text`, `\n` in it for a line end. A line `# fr | YES: oui, approuvé | NO: non` says the
 * approver's language and the keywords for those below it.
 */
export function shortReplies(name: string): ShortReply[] {
  return repliesIn(readFileSync(new URL(name, folder), 'utf8'))
}

function repliesIn(file: string): ShortReply[] {
  let locale = ''
  let choices: Choice[] = []
  return file.split('\n').flatMap((line, index) => {
    if (line.startsWith('# ')) {
      const [language = '', ...keywords] = line.slice(2).split(' | ')
      locale = language
      choices = keywords.map((of) => {
        const [result = '', words = ''] = of.split(': ')
        return { result, keywords: words.split(', ') }
      })
    }
    const [meant = '', text] = line.split('\t')
    return text === undefined
      ? []
      : [{ at: index + 1, meant, text: text.replaceAll('\\n', '\n'), locale, choices }]
  })
}

/** The reply as a message, and what is known when it is read. */
export async function asMessage(
  reply: ShortReply,
): Promise<{ message: ParsedMessage; context: ReadContext }> {
  const head = 'From: reply@contoso.example\nSubject: Re: Request\nContent-Type: text/plain; charset=utf-8'
  const message = await parseMessage({
    providerId: 'short',
    folder: 'inbox',
    receivedAt: new Date('2026-11-24T09:31:09Z'),
    raw: Buffer.from(`${head}\n\n${reply.text}\n`.replaceAll('\n', '\r\n')),
    originalOctets: true,
    transportHeaders: null,
    itemClass: null,
  })
  const { choices, locale } = reply
  const questions = [{ id: 'Q1', choices }]
  return { message, context: { questions, locale, brackets: '[]', sentText: null, learnedFooters: [] } }
}
