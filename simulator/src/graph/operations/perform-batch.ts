import { GraphError } from '../graph-error.ts'
import { type BatchPart, readBatch } from '../read-batch.ts'
import type { Call, GraphAnswer, Performed } from '../request.ts'
import { shuffle } from '../shuffle.ts'
import { answerFailure, writeAnswer } from '../write-answer.ts'

/**
 * Up to 20 requests in one: https://learn.microsoft.com/graph/json-batching
 * All that wait for no other start at once, and the answers come in any order; the batch as a whole succeeds even when all
 * of them fail.
 */
export async function performBatch(call: Call): Promise<GraphAnswer> {
  const parts = readBatch(call.request)
  const byId = new Map(parts.map((part) => [part.id, part]))
  const started = new Map<string, Promise<Performed>>()

  function start(part: BatchPart): Promise<Performed> {
    const running = started.get(part.id) ?? perform(part)
    started.set(part.id, running)
    return running
  }

  async function perform(part: BatchPart): Promise<Performed> {
    for (const id of part.dependsOn) {
      const before = byId.get(id)
      if (before && (await start(before)).status >= 400) return failDependency(part, call)
    }
    return call.perform(part.request)
  }

  const answers = await Promise.all(
    parts.map(async (part) => ({ id: part.id, performed: await start(part) })),
  )
  const { batchOrderSeed } = call.access.tenant.graph
  const ordered = batchOrderSeed === null ? answers : shuffle(answers, batchOrderSeed)
  return {
    status: 200,
    items: parts.length,
    isCut: answers.some(({ performed }) => performed.isCut),
    body: { responses: ordered.map(({ id, performed }) => ({ id, ...writePart(performed) })) },
  }
}

function failDependency({ request }: BatchPart, { world }: Call): Performed {
  const failure = new GraphError(424, 'FailedDependency', 'A request that this one depends on has failed.')
  return writeAnswer(answerFailure(failure, request, world.clock.now()), request)
}

/** JSON stands as it is; anything else, such as the MIME of `$value`, in base64. */
function writePart({ status, headers, content }: Performed): object {
  const isJson = headers['content-type']?.startsWith('application/json')
  const body = isJson
    ? JSON.parse(content.toString())
    : content.length > 0
      ? content.toString('base64')
      : null
  const named = Object.entries(headers).map(([name, value]) => [headerCase(name), value])
  return { status, headers: Object.fromEntries(named), body }
}

/** `Retry-After`: within a batch names are members of JSON, so their case can be seen. */
function headerCase(name: string): string {
  return name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase())
}
