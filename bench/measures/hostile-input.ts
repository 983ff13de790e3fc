import { parseMessage, UnreadableMessage } from '../../src/mail/parse-message.ts'
import { readReply } from '../../src/replies/read-reply.ts'
import type { Measure } from '../bench.ts'
import { printTable } from '../print-table.ts'
import { hostileMessages } from '../scene/hostile-messages.ts'

const context = {
  questions: [
    {
      id: 'Q1',
      choices: [
        { result: 'YES', keywords: ['Yes'] },
        { result: 'NO', keywords: ['No'] },
      ],
    },
  ],
  locale: 'en',
  brackets: '[]' as const,
  sentText: 'Please answer this mail with Yes or No on the first line.',
  learnedFooters: [],
}

/** Each is read so often, and the shortest time counts: garbage of the one before is not the message's doing. */
const TIMES = 5

/** Milliseconds of CPU that parsing and reading take of the messages made to take long: the slowest small and large one. */
export const measureHostileInput: Measure = async () => {
  const rows: [string, number, number][] = []
  const slowest = { small: 0, large: 0 }
  for (const [name, raw] of hostileMessages()) {
    let milliseconds = Number.POSITIVE_INFINITY
    for (let time = 0; time < TIMES; time += 1) milliseconds = Math.min(milliseconds, await cpuOf(raw))
    rows.push([name, raw.length, milliseconds])
    const size = raw.length <= 100_000 ? 'small' : 'large'
    slowest[size] = Math.max(slowest[size], milliseconds)
  }
  printTable(
    'Hostile messages: octets, milliseconds of CPU',
    rows.toSorted(([, , a], [, , b]) => b - a),
  )
  return { hostileInputMs: slowest }
}

async function cpuOf(raw: Uint8Array): Promise<number> {
  // Of this thread: neither the machine's other work nor the collector's threads count.
  const start = process.threadCpuUsage()
  try {
    const message = await parseMessage({
      providerId: 'hostile',
      folder: 'inbox',
      receivedAt: new Date('2026-11-24T09:31:09Z'),
      raw,
      originalOctets: true,
      transportHeaders: null,
      itemClass: null,
    })
    readReply(message, context)
  } catch (error) {
    // To refuse a message is an answer too.
    if (!(error instanceof UnreadableMessage)) throw error
  }
  const { user, system } = process.threadCpuUsage(start)
  return (user + system) / 1_000
}
