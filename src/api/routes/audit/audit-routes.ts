import { z } from 'zod'
import { verifyAudit } from '../../../store/audit.ts'
import { verifyCheckpoints } from '../../../store/audit-checkpoint.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { requestId } from '../../common-schemas.ts'
import { problemResponse } from '../../problem-details.ts'
import { checkpointRoutes } from './checkpoint-routes.ts'
import { auditEntryRoutes } from './entry-routes.ts'
import { signInEventsRoute } from './sign-in-events-route.ts'

const tags = ['audit']

export const auditView = z
  .object({
    ok: z.boolean(),
    requests: z.int(),
    entries: z.int(),
    broken: z.array(
      z.object({
        requestId,
        sequence: z.int().nullable().describe('Null when the whole chain is gone'),
        problem: z.string(),
      }),
    ),
    checkpoints: z
      .object({
        count: z.int(),
        publicKey: z.string().describe('Ed25519, SPKI in PEM: what the signatures are checked with'),
        broken: z.array(z.object({ number: z.int(), requestId: requestId.nullable(), problem: z.string() })),
      })
      .nullable()
      .describe('Null when this installation has no signing key, and of one request alone'),
  })
  .meta({ id: 'AuditVerification' })

/** Whether the history is the one that was written. */
export function auditRoutes(server: ApiServer, parts: ApiParts): void {
  const { context, signingKey } = parts
  server.get(
    '/api/audit/verify',
    {
      config: { right: { scope: 'audit:read', role: 'auditor' } },
      schema: {
        tags,
        operationId: 'verifyAudit',
        summary: 'Check every audit chain and every signed checkpoint, or the chain of one request',
        description: 'Reads all audit entries. `broken` lists at most the first thousand problems.',
        querystring: z.strictObject({ request: requestId.optional() }),
        response: { 200: auditView, default: problemResponse },
      },
    },
    async ({ query: { request } }) => {
      if (request !== undefined) {
        const chain = await verifyAudit(context.db, { requestId: request })
        return { ok: chain.broken.length === 0, ...chain, checkpoints: null }
      }
      const chains = await verifyAudit(context.db)
      const signed = signingKey && (await verifyCheckpoints(context.db, signingKey))
      return {
        ok: chains.broken.length === 0 && (signed?.broken.length ?? 0) === 0,
        ...chains,
        checkpoints: signed &&
          signingKey && {
            count: signed.checkpoints,
            publicKey: signingKey.publicKeyPem,
            broken: signed.broken,
          },
      }
    },
  )

  auditEntryRoutes(server, parts)
  checkpointRoutes(server, parts)
  signInEventsRoute(server, parts)
}
