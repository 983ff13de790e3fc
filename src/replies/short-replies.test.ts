import { describe, expect, test } from 'vitest'
import {
  asMessage,
  type ShortReply,
  shortReplies,
  shortReplyFiles,
} from '../../test/support/short-replies.ts'
import { readReply } from './read-reply.ts'

/** How much of what is clear must be read; the rest may be asked back, but never misread. */
const readAtLeast = 0.99

describe.each(shortReplyFiles)('%s', async (name) => {
  const lines = await Promise.all(shortReplies(name).map(readLine))
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

/** What is read of it: a result, or `?` for whatever decides nothing. */
async function readLine(reply: ShortReply): Promise<ShortReply & { said: string }> {
  const { message, context } = await asMessage(reply)
  const { answers, confirm } = readReply(message, context)
  return { ...reply, said: (confirm === null && answers.Q1) || '?' }
}
