import type { Kysely } from 'kysely'
import { z } from 'zod'
import {
  type Checkpoint,
  lastCheckpoint,
  readCheckpoints,
  readHeads,
  statementText,
} from '../../../store/audit-checkpoint.ts'
import type { Database } from '../../../store/schema.ts'
import type { SigningKey } from '../../../store/signing-key.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { timestamp } from '../../common-schemas.ts'
import { problemResponse } from '../../problem-details.ts'
import { LINES, sendLines } from '../../send-lines.ts'

const tags = ['audit']
const right = { scope: 'audit:read', role: 'auditor' } as const

const publicKey = z.string().describe('Ed25519, SPKI in PEM: what the signatures are checked with')

const checkpointsView = z
  .object({
    publicKey: publicKey.nullable().describe('Null when this installation has no signing key'),
    last: z
      .object({ number: z.int(), at: timestamp, chains: z.int().describe('That moved since the one before') })
      .nullable()
      .describe('The newest signed checkpoint; null when there is none yet'),
  })
  .meta({ id: 'AuditCheckpoints' })

/** The signed checkpoints over all chains: the newest one, and all of them to keep elsewhere. */
export function checkpointRoutes(server: ApiServer, { context: { db }, signingKey }: ApiParts): void {
  server.get(
    '/api/audit/checkpoints',
    {
      config: { right },
      schema: {
        tags,
        operationId: 'getAuditCheckpoints',
        summary: 'The newest signed checkpoint, and the key to check signatures with',
        response: { 200: checkpointsView, default: problemResponse },
      },
    },
    async () => {
      const last = await lastCheckpoint(db)
      return {
        publicKey: signingKey?.publicKeyPem ?? null,
        last: last && { number: last.number, at: last.at.toISOString(), chains: last.headCount },
      }
    },
  )

  server.get(
    '/api/audit/checkpoints/export',
    {
      config: { right },
      schema: {
        tags,
        operationId: 'exportAuditCheckpoints',
        summary: 'All signed checkpoints with what they sign, to be kept where nobody here can change them',
        description:
          'First `{ "publicKey" }`; then of each checkpoint the `statement` that is signed, as text, with its Ed25519 ' +
          '`signature` in base64, and after it a line for each chain: `requestId`, `sequence` and `digest` of its last entry.',
        response: {
          200: { description: 'Lines', content: { [LINES]: { schema: z.any() } } },
          default: problemResponse,
        },
      },
    },
    (_, reply) => {
      reply.header('content-disposition', 'attachment; filename="audit-checkpoints.jsonl"')
      return sendLines(reply, checkpointLines(db, signingKey, readCheckpoints(db)))
    },
  )
}

/** The key, then each checkpoint with what it signs, as somebody keeps them elsewhere. */
export async function* checkpointLines(
  db: Kysely<Database>,
  signingKey: SigningKey | null,
  checkpoints: AsyncIterable<Checkpoint> | Checkpoint[],
): AsyncGenerator<object> {
  yield { publicKey: signingKey?.publicKeyPem ?? null }
  for await (const checkpoint of checkpoints) {
    yield signedLine(checkpoint)
    for await (const head of readHeads(db, checkpoint.number))
      yield { checkpoint: checkpoint.number, ...head }
  }
}

function signedLine(checkpoint: Checkpoint): object {
  return {
    checkpoint: checkpoint.number,
    statement: statementText(checkpoint),
    signature: checkpoint.signature,
    keyId: checkpoint.keyId,
  }
}
