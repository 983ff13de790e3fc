/** The thread in which `parseApart` parses one message. */
import { parentPort, workerData } from 'node:worker_threads'
import type { RawMessage } from './message.ts'
import type { Answer } from './parse-apart.ts'
import { parseMessage, UnreadableMessage } from './parse-message.ts'

parentPort?.postMessage(await parse(workerData))

async function parse(raw: RawMessage): Promise<Answer> {
  try {
    return { message: await parseMessage(raw) }
  } catch (error) {
    if (!(error instanceof UnreadableMessage)) throw error
    return { unreadable: error.message }
  }
}
