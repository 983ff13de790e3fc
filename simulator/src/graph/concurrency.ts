import type { Mailbox } from '../mail/mailbox.ts'
import type { World } from '../world.ts'
import type { Access } from './access.ts'
import { GraphError } from './graph-error.ts'

/** A request that works on a mailbox. */
interface Flight {
  /** Whether as many others of its app were at work there as are allowed. */
  isCrowded: boolean
  land(): void
}

const RETRY_AFTER_SECONDS = 1

/** MailboxConcurrency: https://learn.microsoft.com/graph/throttling-limits#outlook-service-limits */
export function takeOff({ graph }: World, { app, tenant }: Access, { address }: Mailbox): Flight {
  const key = `${app.id} ${address}`
  const others = graph.inFlight.get(key) ?? 0
  const { concurrency } = tenant.graph
  if (concurrency !== null && others >= concurrency) return { isCrowded: true, land: () => {} }
  graph.inFlight.set(key, others + 1)
  return {
    isCrowded: false,
    land() {
      const left = (graph.inFlight.get(key) ?? 1) - 1
      if (left > 0) graph.inFlight.set(key, left)
      else graph.inFlight.delete(key)
    },
  }
}

export function overConcurrency(): GraphError {
  return new GraphError(429, 'ApplicationThrottled', 'Application is over its MailboxConcurrency limit.', {
    'retry-after': String(RETRY_AFTER_SECONDS),
  })
}
