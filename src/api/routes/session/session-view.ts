import { z } from 'zod'
import type { SessionCaller } from '../../caller.ts'
import { timestamp } from '../../common-schemas.ts'

/** NIST SP 800-63B: length is what counts; no rules about characters. */
export const newPassword = z.string().min(12).max(200)

/** Who is signed in, as their browser gets to know it. */
export const sessionView = z
  .object({
    id: z.uuid(),
    person: z.object({
      id: z.uuid(),
      address: z.string(),
      name: z.string(),
      locale: z.enum(['en', 'fr']),
      timeZone: z.string().nullable().describe('IANA; null while they have chosen none'),
      role: z.enum(['member', 'auditor', 'administrator']),
    }),
    csrf: z.string().describe('For the header `X-Countersign-CSRF` of calls that change something'),
    expiresAt: timestamp.describe('It ends earlier when nothing is done with it for eight hours'),
  })
  .meta({ id: 'Session' })

export function toSessionView(caller: Pick<SessionCaller, 'sessionId' | 'person' | 'csrf' | 'expiresAt'>) {
  const { sessionId, person, csrf, expiresAt } = caller
  return { id: sessionId, person, csrf, expiresAt: expiresAt.toISOString() }
}
