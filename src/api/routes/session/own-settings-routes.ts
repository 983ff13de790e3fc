import { z } from 'zod'
import { isTimeZone } from '../../../lib/is-time-zone.ts'
import { saveOwnSettings } from '../../../people/save-own-settings.ts'
import { changePassword } from '../../../people/sign-in/change-password.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import type { SessionCaller } from '../../caller.ts'
import { originOf } from '../../origin-of.ts'
import { problemResponse } from '../../problem-details.ts'
import { newPassword, sessionView, toSessionView } from './session-view.ts'

const tags = ['session']
const security = [{ session: [] }]

/** What people set for themselves: the language and the hour that they read, and their password. */
export function ownSettingsRoutes(server: ApiServer, { context }: ApiParts): void {
  server.put(
    '/api/session/settings',
    {
      config: { right: 'session' },
      schema: {
        tags,
        operationId: 'saveOwnSettings',
        summary: 'Choose one’s language and time zone',
        description: 'E-mails are written in them. The pages keep the language of each browser.',
        security,
        body: z.strictObject({
          locale: z.enum(['en', 'fr']),
          timeZone: z
            .string()
            .max(60)
            .refine(isTimeZone, { params: { expected: 'time-zone' } })
            .nullable()
            .describe('IANA, such as `Europe/Paris`; null for that of the mailbox a mail comes from'),
        }),
        response: { 200: sessionView, default: problemResponse },
      },
    },
    async (request) => {
      const caller = request.caller as SessionCaller
      const person = await saveOwnSettings(context, caller.person.id, request.body)
      return toSessionView({ ...caller, person })
    },
  )

  server.put(
    '/api/session/password',
    {
      config: { right: 'session' },
      schema: {
        tags,
        operationId: 'changePassword',
        summary: 'Set another password',
        description: 'All other sessions end. A wrong current password counts as a failure to sign in.',
        security,
        body: z.strictObject({ current: z.string().min(1).max(200), password: newPassword }),
        response: { 204: z.undefined(), default: problemResponse },
      },
    },
    async (request, reply) => {
      const { sessionId, person } = request.caller as SessionCaller
      await changePassword(context, { sessionId, person }, { ...request.body, from: originOf(request) })
      return reply.code(204).send()
    },
  )
}
