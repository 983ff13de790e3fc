import type { GraphSubscription } from './subscriptions/subscription.ts'

/** What Graph remembers beside the mailboxes. */
export interface GraphState {
  /** By id. */
  subscriptions: Map<string, GraphSubscription>
  /** Requests that work on a mailbox now, by app id and address. */
  inFlight: Map<string, number>
  /** Aborted when this world ends, and with it the notifications on their way. */
  ending: AbortController
}

export function createGraphState(): GraphState {
  return { subscriptions: new Map(), inFlight: new Map(), ending: new AbortController() }
}

export function endGraphState({ ending }: GraphState): void {
  ending.abort()
}
