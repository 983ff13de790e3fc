/**
 * Many small requests in one call (JSON batching). Graph works on at most four requests to a mailbox at a time and
 * refuses the others with 429, so the requests of a batch stand in lanes, each waiting for the one before it.
 */
import { isAboutOneMessage, MailError } from '../errors.ts'
import type { Outcome } from '../outcome.ts'
import type { GraphClient } from './graph-client.ts'
import { type JsonObject, listOf, objectOf, textOf } from './json.ts'

export interface BatchRequest {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Below the version. */
  url: string
  body?: JsonObject
}

/** The body of one request's answer: JSON, or base64 text for other types. */
type BatchOutcome = Outcome<unknown>

/** Graph takes no more in one batch. */
const largestBatch = 20

/** With the two connections of a mailbox (`connectionsPerMailbox`) these make the four requests it takes at a time. */
const lanes = 2

/**
 * Makes the requests in as few calls as Graph allows. One outcome per request, in order. What stood in a lane behind one
 * that failed is asked again; a failure of the mailbox ends the work and is the outcome of all that was not reached.
 */
export async function callTogether(
  client: GraphClient,
  name: string,
  requests: BatchRequest[],
  signal: AbortSignal,
): Promise<BatchOutcome[]> {
  const outcomes: (BatchOutcome | undefined)[] = requests.map(() => undefined)
  let stoppedBy: MailError | null = null
  while (stoppedBy === null) {
    const open = [...requests.keys()].filter((index) => outcomes[index] === undefined).slice(0, largestBatch)
    if (open.length === 0) break
    const batch = open.map((index) => requests[index] as BatchRequest)
    const answers = await callBatch(client, name, batch, signal)
    open.forEach((index, place) => {
      outcomes[index] = answers[place]
    })
    stoppedBy = answers.find((answer) => answer?.error && !isAboutOneMessage(answer.error))?.error ?? null
    // The first of each lane is always tried; a batch of which nothing came back would be asked for ever.
    if (answers.every((answer) => answer === undefined)) stoppedBy ??= unanswered(name)
  }
  return outcomes.map((outcome) => outcome ?? { value: null, error: stoppedBy ?? unanswered(name) })
}

/** One outcome per request of one batch; undefined for those that Graph did not get to. */
async function callBatch(
  client: GraphClient,
  name: string,
  requests: BatchRequest[],
  signal: AbortSignal,
): Promise<(BatchOutcome | undefined)[]> {
  const body = { type: 'application/json' as const, content: JSON.stringify({ requests: inLanes(requests) }) }
  try {
    const answer = await client.call({ name: `$batch ${name}`, method: 'POST', url: '/$batch', body }, signal)
    // In any order, told apart by their ids.
    const byId = new Map(
      listOf(objectOf(answer).responses).map((response) => [textOf(response.id), response]),
    )
    return requests.map((_, index) => readOutcome(byId.get(String(index)), client))
  } catch (error) {
    if (!(error instanceof MailError)) throw error
    return requests.map(() => ({ value: null, error }))
  }
}

/** The same preference stands in each: the headers of the call are not those of the requests in it. */
function inLanes(requests: BatchRequest[]): JsonObject[] {
  return requests.map((request, index) => ({
    id: String(index),
    ...request,
    headers: {
      Prefer: 'IdType="ImmutableId"',
      ...(request.body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    ...(index < lanes ? {} : { dependsOn: [String(index - lanes)] }),
  }))
}

function readOutcome(response: JsonObject | undefined, client: GraphClient): BatchOutcome | undefined {
  const status = Number(response?.status ?? 0)
  if (response === undefined || status === 424) return undefined
  if (status >= 200 && status < 300) return { value: response.body ?? null, error: null }
  const error = client.refusal({ status, headers: headersOf(response.headers), body: response.body })
  return { value: null, error }
}

function headersOf(value: unknown): Headers {
  const headers = new Headers()
  for (const [name, text] of Object.entries(objectOf(value))) {
    if (/^[\w-]+$/.test(name) && typeof text === 'string') headers.set(name, text.replace(/[\r\n\0]/g, ' '))
  }
  return headers
}

function unanswered(name: string): MailError {
  return new MailError(`Graph gave no answer to a request of a batch (${name})`, {
    kind: 'protocol',
    retry: 'later',
    providerCode: 'unanswered',
    mayHaveHappened: true,
  })
}
