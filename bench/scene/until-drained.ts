import { totalOf } from './mailbox-folders.ts'
import { type Api, asking, enableMailbox, isAllSent, nextApprover } from './organisation.ts'
import type { CallCount, SimulatorProcess } from './simulator-process.ts'
import { until } from './until.ts'

export interface Drained {
  /** From switching the mailbox on until the last outgoing mail is known to be sent. */
  milliseconds: number
  /** Requests to the mailbox, read when that is known. */
  calls: CallCount[]
  /** The most of them that were on their way at once. */
  inFlight: number
}

/**
 * Switches the mailbox on and waits until the waiting replies are received, put aside, decided, and what follows, one
 * mail to the next approver for each, is sent.
 */
export async function untilDrained(simulator: SimulatorProcess, api: Api, count: number): Promise<Drained> {
  await simulator.control('DELETE', '/calls')
  await simulator.control('DELETE', '/in-flight')
  const start = performance.now()
  await enableMailbox(api, simulator, true)
  await until('the mails to the next approvers', () => areNextAsked(simulator, count), 100)
  await until('what became of them', () => isAllSent(api), 20)
  const milliseconds = performance.now() - start
  const calls = await simulator.control<CallCount[]>('GET', '/calls')
  const inFlight = await simulator.control<Record<string, number>>('GET', '/in-flight')
  return { milliseconds, calls, inFlight: inFlight[asking] ?? 0 }
}

async function areNextAsked(simulator: SimulatorProcess, count: number): Promise<boolean> {
  return (
    (await totalOf(simulator, nextApprover, 'Inbox')) === count &&
    (await totalOf(simulator, asking, 'Inbox')) === 0 &&
    (await totalOf(simulator, asking, 'Inbox/Processed')) === count
  )
}
