import { MailError } from '../errors.ts'
import { isRefusal } from './imap-errors.ts'

/**
 * Asks for all UIDs in one command; where the server refuses that, it is asked for halves, until the refusal stands on
 * single messages. Servers answer for a whole command, whichever message was at fault. Returns the refused ones; any
 * other failure is thrown.
 */
export async function narrowDown(
  uids: number[],
  ask: (uids: number[]) => Promise<void>,
): Promise<Map<number, MailError>> {
  if (uids.length === 0) return new Map()
  try {
    await ask(uids)
    return new Map()
  } catch (error) {
    if (!(error instanceof MailError) || !isRefusal(error)) throw error
    if (uids.length === 1) return new Map(uids.map((uid) => [uid, error]))
    const middle = Math.ceil(uids.length / 2)
    const first = await narrowDown(uids.slice(0, middle), ask)
    return new Map([...first, ...(await narrowDown(uids.slice(middle), ask))])
  }
}
