/**
 * Prometheus metrics (docs/metrics.md lists them; a test keeps the two together). What happens is counted at the
 * milestones of this process; how things stand is looked up in the database when somebody asks.
 */
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import type { Clock } from '../lib/clock.ts'
import { onMilestone } from '../lib/milestones.ts'
import type { Context } from '../store/context.ts'
import { createStandings } from './standings.ts'

export interface Metrics {
  registry: Registry
  /** What a scrape is answered with: the text format of Prometheus, and its media type. */
  scrape(): Promise<{ contentType: string; text: string }>
  /** Ends the counting. */
  close(): void
}

/** From push within the second to a mailbox that was away for a day. */
const ARRIVAL_BUCKETS = [0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3_600, 86_400]
const REQUEST_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** Starts counting. Every label has values out of a fixed set, but for the names of mailboxes. */
export function createMetrics(context: Pick<Context, 'db' | 'clock' | 'log'>): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const stops = [...countReplies(registry, context.clock), ...countMails(registry), ...countProcess(registry)]
  const standings = createStandings(registry, context)
  return {
    registry,
    async scrape() {
      await standings.refresh()
      return { contentType: registry.contentType, text: await registry.metrics() }
    },
    close() {
      for (const stop of stops) stop()
      registry.clear()
    },
  }
}

function countReplies(registry: Registry, clock: Clock): (() => void)[] {
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[] = []) =>
    new Counter({ name: `countersign_${name}`, help, labelNames, registers: [registry] })
  const fetched = counter('messages_fetched_total', 'Messages of ours that mailboxes gave')
  const unfetched = counter(
    'messages_fetch_failed_total',
    'Times that a message of ours could not be fetched',
  )
  const stored = counter('messages_stored_total', 'Messages committed to the database')
  const settled = counter('messages_settled_total', 'Messages put aside in their mailbox')
  const replies = counter('replies_total', 'Messages processed, by what became of them', ['outcome'])
  const decisions = counter('decisions_total', 'Decisions, by the door they came through', ['door'])
  const arrival = new Histogram({
    name: 'countersign_arrival_to_decision_seconds',
    help: 'From the arrival of a reply in the mailbox to the commit of its decision',
    buckets: ARRIVAL_BUCKETS,
    registers: [registry],
  })
  return [
    onMilestone('messages-fetched', ({ messages, failed }) => {
      fetched.inc(messages)
      unfetched.inc(failed)
    }),
    onMilestone('messages-stored', ({ messages }) => stored.inc(messages)),
    onMilestone('settle-kept', ({ messages }) => settled.inc(messages)),
    onMilestone('reply-acted-on', ({ outcome, receivedAt }) => {
      replies.inc({ outcome })
      if (outcome !== 'decided') return
      decisions.inc({ door: 'mail' })
      // Clocks differ: a reply that is not here yet has arrived now.
      arrival.observe(Math.max(0, clock().getTime() - receivedAt.getTime()) / 1000)
    }),
    onMilestone('action-decided', ({ door }) => decisions.inc({ door })),
  ]
}

function countMails(registry: Registry): (() => void)[] {
  const mails = new Counter({
    name: 'countersign_mails_total',
    help: 'Attempts to send a mail, by the state that each left it in',
    labelNames: ['kind', 'state'],
    registers: [registry],
  })
  return [
    onMilestone('mails-settled', ({ mails: ended }) => {
      for (const { kind, state } of ended) mails.inc({ kind, state })
    }),
  ]
}

function countProcess(registry: Registry): (() => void)[] {
  const tokens = new Counter({
    name: 'countersign_token_failures_total',
    help: 'Access tokens that were not given, by the kind of failure',
    labelNames: ['kind'],
    registers: [registry],
  })
  const jobs = new Counter({
    name: 'countersign_jobs_total',
    help: 'Jobs that were worked, by queue and outcome',
    labelNames: ['queue', 'outcome'],
    registers: [registry],
  })
  const requests = new Histogram({
    name: 'countersign_http_request_seconds',
    help: 'HTTP requests by method, route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: REQUEST_BUCKETS,
    registers: [registry],
  })
  return [
    onMilestone('token-refused', ({ kind }) => tokens.inc({ kind })),
    onMilestone('jobs-done', ({ queue, done, failed }) => {
      jobs.inc({ queue, outcome: 'done' }, done)
      jobs.inc({ queue, outcome: 'failed' }, failed)
    }),
    onMilestone('request-answered', ({ seconds, ...labels }) => requests.observe(labels, seconds)),
  ]
}
