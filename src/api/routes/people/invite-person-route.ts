import { z } from 'zod'
import { AppError } from '../../../lib/app-error.ts'
import { invitePerson } from '../../../people/sign-in/invite-person.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { address, name, personRef, timestamp } from '../../common-schemas.ts'
import { originOf } from '../../origin-of.ts'
import { pagesUrl } from '../../pages-url.ts'
import { problemResponse } from '../../problem-details.ts'

/** A link by which somebody sets their password. Whoever has it can sign in as them, so the operator alone gets one. */
export function invitePersonRoute(server: ApiServer, { context }: ApiParts): void {
  server.post(
    '/api/people/invite',
    {
      config: { right: { scope: 'people:write', role: 'administrator' } },
      schema: {
        tags: ['people'],
        operationId: 'invitePerson',
        summary: 'Make a link by which somebody sets their password',
        description: 'For the operator. The link works once, for a day, and is in this answer only.',
        body: z.strictObject({
          address,
          name: name.optional().describe('Adds them when they are not known yet'),
          locale: z.enum(['en', 'fr']).default('en').describe('Of somebody who is added'),
          administrator: z.boolean().default(false).describe('Makes them an administrator'),
        }),
        response: {
          201: z.object({ url: z.string(), person: personRef, expiresAt: timestamp }),
          default: problemResponse,
        },
      },
    },
    async (request, reply) => {
      if (request.caller.kind !== 'operator') throw new AppError('operator-required')
      const { name: given, ...invited } = request.body
      const from = originOf(request)
      const { person, token, expiresAt } = await invitePerson(context, {
        ...invited,
        name: given ?? null,
        from,
      })
      context.log.info({ personId: person.id, administrator: invited.administrator }, 'person invited')
      // In the fragment, which no server and no log of one gets to see.
      const url = `${pagesUrl(context, request)}/sign-in/welcome#${token}`
      return reply.code(201).send({ url, person, expiresAt: expiresAt.toISOString() })
    },
  )
}
