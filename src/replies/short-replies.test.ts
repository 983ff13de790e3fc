import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseMessage } from '../mail/parse-message.ts'
import { readReply } from './read-reply.ts'
import type { Choice } from './reading.ts'

/** How much of what is clear must be read; the rest may be asked back, but never misread. */
const readAtLeast = 0.99

const folder = new URL('../../test/fixtures/replies/short/', import.meta.url)

describe.each(readdirSync(folder).filter((name) => name.endsWith('.txt')))('%s', async (name) => {
  const lines = await Promise.all(repliesIn(readFileSync(new URL(name, folder), 'utf8')).map(readLine))
  const told = (some: typeof lines) =>
    some.map(({ at, said, meant, text }) => `${at}: ${meant} read ${said}: ${text}`)

  test('nothing is decided that was not said', () => {
    expect(told(lines.filter(({ said, meant }) => said !== '?' && said !== meant))).toEqual([])
  })

  test('what is clear is read', () => {
    const clear = lines.filter(({ meant }) => meant !== '?')
    const missed = clear.filter(({ said }) => said === '?')
    const share = 1 - missed.length / clear.length
    expect(share, told(missed).join('\n')).toBeGreaterThanOrEqual(readAtLeast)
  })
})

interface ShortReply {
  /** Its line in the file. */
  at: number
  /** The result that it chooses, or `?`. */
  meant: string
  text: string
  locale: string
  choices: Choice[]
}

/**
 * A file's replies: `YES<tab>text`, `\n` in it for a line end. A line `# fr | YES: oui, approuvé | NO: non` says the
 * approver's language and the keywords for those below it.
 */
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

/** What is read of it: a result, or `?` for whatever decides nothing. */
async function readLine(reply: ShortReply): Promise<ShortReply & { said: string }> {
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
  const { answers, confirm } = readReply(message, {
    questions: [{ id: 'Q1', choices: reply.choices }],
    locale: reply.locale,
    brackets: '[]',
    sentText: null,
    learnedFooters: [],
  })
  return { ...reply, said: (confirm === null && answers.Q1) || '?' }
}
