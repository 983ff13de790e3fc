import type { CallCount } from './simulator-process.ts'

/** HTTP requests that fetch messages and put them aside; sending and waiting for news are no part of it. */
export function requestsToFetchAndSettle(calls: CallCount[]): number {
  const others = ['CreateItem', 'Subscribe', 'Unsubscribe', 'GetStreamingEvents']
  return calls
    .filter(({ operation }) => !others.includes(operation))
    .reduce((total, { count }) => total + count, 0)
}

/** Operation, requests, items: for a table. */
export function rowsOfCalls(calls: CallCount[]): [string, number, number][] {
  return calls.map(({ operation, count, items }) => [operation, count, items])
}
