import { z } from 'zod'
import { auditKinds } from '../../../store/audit-kinds.ts'
import { address, personRef, requestId, timestamp } from '../../common-schemas.ts'

/** `42-3`: the third entry of request 42. */
export const entryId = z
  .string()
  .regex(/^[1-9]\d{0,9}-[1-9]\d{0,9}$/)
  .describe('The number of the request and the place of the entry in its chain: `42-3`')

/** An audit entry as lists show it. */
export const auditEntrySummary = z
  .object({
    id: entryId,
    request: z.object({ id: requestId, title: z.string() }),
    sequence: z.int(),
    at: timestamp,
    kind: z.string(),
    by: personRef.nullable().describe('Null when nobody did it: the system, or a mail from nobody proven'),
    said: z.string().describe('What happened, in the language of `Accept-Language`'),
    door: z.enum(['mail', 'portal', 'api']).nullable().describe('The way it came; null when by none'),
    comment: z.string().describe('What was said beside it; empty when nothing was'),
  })
  .meta({ id: 'AuditEntry' })

/** An entry with all that its digest stands for. */
export const auditEntryView = auditEntrySummary
  .extend({
    payload: z
      .record(z.string(), z.unknown())
      .nullable()
      .describe('The facts, reply tokens masked; null once erased'),
    payloadDigest: z.string().describe('SHA-256 of the payload as canonical JSON'),
    previousDigest: z.string().describe('`digest` of the entry before; zeros for the first one'),
    digest: z.string().describe('SHA-256 of the entry with the two above'),
  })
  .meta({ id: 'AuditEntryDetail' })

/** Members of a query that choose from all entries. */
export const auditFilter = {
  request: requestId.optional(),
  person: address.optional().describe('Whoever has this address did it'),
  kind: z.enum(auditKinds).optional(),
  since: z.iso.datetime().optional().describe('Then or later'),
  until: z.iso.datetime().optional().describe('Before then'),
}
