/**
 * Loaded into a server before its program (`node --import`), for a test to decide over IPC where it dies and what time
 * it believes to have. The program waits for the first order. Nothing of the product knows of this module.
 */
import { channel } from 'node:diagnostics_channel'
import { once } from 'node:events'
import { PgBoss } from 'pg-boss'
import type { Milestone } from '../../../src/lib/milestones.ts'
import type { JobName } from '../../../src/store/enqueue.ts'

export interface Order {
  /** kill -9 of itself, when it comes here for the `nth` time from now on (the first, when left out). */
  dieAt?: Seam
  /** What its clock shows beside the true time, in milliseconds, from now on. */
  clockOffsetMs?: number
  /** Runs a job that the schedule would bring later. */
  run?: JobName
}

export interface Seam {
  milestone: Milestone
  nth?: number
}

process.on('message', (order: Order) => {
  if (order.clockOffsetMs !== undefined) offsetMs = order.clockOffsetMs
  if (order.dieAt) arm(order.dieAt)
  if (order.run) void queue?.send(order.run, {})
})
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))

function arm(seam: Seam): void {
  let left = seam.nth ?? 1
  const pass = () => {
    left -= 1
    // To oneself, this signal does not return: nothing runs after it.
    if (left === 0) process.kill(process.pid, 'SIGKILL')
  }
  channel(`countersign:${seam.milestone}`).subscribe(pass)
}

/** What the product's clock shows. `Date.now` stays: pg-boss measures by it how long to sleep. */
let offsetMs = 0
globalThis.Date = new Proxy(Date, {
  construct: (target, parts, as) =>
    Reflect.construct(target, parts.length === 0 ? [target.now() + offsetMs] : parts, as),
})

let queue: PgBoss | null = null
const { start } = PgBoss.prototype
PgBoss.prototype.start = function (this: PgBoss) {
  queue = this
  return start.call(this)
}

await once(process, 'message')
// The channel alone must not keep a server from ending that was asked to stop.
process.channel?.unref()
