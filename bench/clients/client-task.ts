import { memoryOf } from '../scene/process-memory.ts'

/** How many items a request holds, of either client. */
export const BATCH = 50

/** What a client is to do: read every message in the Inbox of this mailbox, and move it to the folder Processed. */
export interface ClientTask {
  /** Of the simulator. */
  http: string
  /** An access token, fetched before. */
  token: string
  address: string
}

export interface ClientRun {
  messages: number
  octets: number
  /** From the first request to the last answer; loading of the code is no part of it. */
  milliseconds: number
  /** Spent on the CPU in that time. */
  cpuMs: number
  /** The most memory that the process has held. */
  rssMb: number
}

/** Does the task of the command line and prints how it went. */
export async function runTask(
  work: (task: ClientTask) => Promise<{ messages: number; octets: number }>,
): Promise<void> {
  const task: ClientTask = JSON.parse(process.argv[2] ?? '')
  const [start, before] = [performance.now(), process.cpuUsage()]
  const done = await work(task)
  const milliseconds = performance.now() - start
  const { user, system } = process.cpuUsage(before)
  const run: ClientRun = {
    ...done,
    milliseconds,
    cpuMs: (user + system) / 1_000,
    // Not that of getrusage, which begins with what the parent held when it forked.
    rssMb: await memoryOf(process.pid, 'VmHWM'),
  }
  console.log(JSON.stringify(run))
}
