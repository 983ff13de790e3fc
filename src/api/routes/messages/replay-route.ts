import { z } from 'zod'
import { loadDirectory } from '../../../approvals/commands/import-process.ts'
import type { ProcessDefinition } from '../../../approvals/model/process.ts'
import { readDefinition } from '../../../approvals/model/read-definition.ts'
import { countReplayed } from '../../../inbound/replay/count-replayed.ts'
import { type Replayed, replay, type Selection } from '../../../inbound/replay/replay.ts'
import { AppError } from '../../../lib/app-error.ts'
import { findMailbox } from '../../../mailboxes/find-mailbox.ts'
import { type ReadOnly, readOnly } from '../../../store/read-only.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { name, requestId } from '../../common-schemas.ts'
import { maskReplyTokensIn } from '../../mask-reply-tokens.ts'
import { problemResponse } from '../../problem-details.ts'
import { LINES, sendLines } from '../../send-lines.ts'
import { replayLine, toChangeView } from './replay-view.ts'

/** A line of progress after so many messages: whoever waits sees that something is done, and does not give up. */
const PROGRESS = 250

const selection = z.strictObject({
  definition: z
    .string()
    .min(1)
    .optional()
    .describe(
      'A process definition, YAML or JSON; the messages of its process are read again with its keywords',
    ),
  process: name.optional().describe('Messages about requests of this process'),
  mailbox: name.optional(),
  request: requestId.optional(),
  since: z.union([z.iso.datetime(), z.iso.date()]).optional().describe('Received then or later'),
})

/** What would be read in stored messages now: a dry run, which is given nothing that could write. */
export function replayRoute(server: ApiServer, { context }: ApiParts): void {
  server.post(
    '/api/messages/replay',
    {
      config: { right: { scope: 'messages:read', role: 'auditor' } },
      schema: {
        tags: ['messages'],
        operationId: 'replayMessages',
        summary: 'Read stored messages again, and tell what would change',
        description:
          'With the reader of this version, and with a definition that is not imported yet. Nothing is written, sent ' +
          'or decided. Each message of which something else is read now comes as a line, newest first; the last line is ' +
          '`{ "counts": … }`, and an answer without it was cut off. Copies, and messages that wait to be read, are ' +
          'left out.',
        body: selection,
        response: {
          200: { description: 'Lines', content: { [LINES]: { schema: replayLine } } },
          default: problemResponse,
        },
      },
    },
    async ({ body }, reply) => {
      const reading = readOnly(context.db)
      const definition = body.definition === undefined ? null : await checked(reading, body.definition)
      const selected = await select(reading, body, definition)
      const parts = { readOnly: reading, rawDirectory: context.rawDirectory }
      return sendLines(reply, lines(replay(parts, selected, definition)))
    },
  )
}

/** Throws `invalid-definition`. */
async function checked(reading: ReadOnly, text: string): Promise<ProcessDefinition> {
  const { definition, problems } = readDefinition(text, await reading(loadDirectory))
  if (definition === null) throw new AppError('invalid-definition', {}, { problems })
  return definition
}

/** Throws `mailbox-not-found`, `process-not-found`, `request-not-found`: nothing changes in what is not there. */
async function select(
  reading: ReadOnly,
  { process, mailbox, request, since }: z.output<typeof selection>,
  definition: ProcessDefinition | null,
): Promise<Selection> {
  const processName = definition?.name ?? process ?? null
  return reading(async (tx) => {
    if (processName !== null) {
      const known = tx.selectFrom('process').select('id').where('name', '=', processName).limit(1)
      if (!(await known.executeTakeFirst())) throw new AppError('process-not-found', { process: processName })
    }
    if (request !== undefined) {
      const known = tx.selectFrom('request').select('id').where('id', '=', request)
      if (!(await known.executeTakeFirst()))
        throw new AppError('request-not-found', { request: String(request) })
    }
    return {
      since: since === undefined ? null : new Date(since),
      mailboxId: mailbox === undefined ? null : (await findMailbox(tx, mailbox)).id,
      process: processName,
      requestId: request ?? null,
    }
  })
}

async function* lines(messages: AsyncIterable<Replayed>): AsyncGenerator<z.output<typeof replayLine>> {
  const { add, counts } = countReplayed()
  let progress = 0
  for await (const replayed of messages) {
    const change = add(replayed)
    if (change !== null) yield toChangeView(replayed, change)
    progress += 1
    if (progress % PROGRESS === 0) yield { progress }
  }
  // Groups hold what was answered, and a text may hold anything.
  yield maskReplyTokensIn({ counts: counts() })
}
