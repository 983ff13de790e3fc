import { z } from 'zod'
import { switchFooter } from '../../../inbound/footers/switch-footer.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { actorOf } from '../../caller.ts'
import { byId } from '../../common-schemas.ts'
import { pageOf, pageQuery } from '../../paging.ts'
import { problemResponse } from '../../problem-details.ts'
import { footerView } from './footer-view.ts'
import { loadFooter, loadFooters } from './load-footers.ts'

const tags = ['messages']

/** The footers that replies are read without, and those that somebody has to look at. */
export function footerRoutes(server: ApiServer, { context }: ApiParts): void {
  server.get(
    '/api/footers',
    {
      config: { right: { scope: 'messages:read', role: 'auditor' } },
      schema: {
        tags,
        operationId: 'listFooters',
        summary:
          'Lines that the mails of a domain end with, with the evidence for each, what was found last first',
        querystring: z.strictObject({
          ...pageQuery(z.uuid()),
          domain: z.string().trim().toLowerCase().min(1).max(255).optional(),
          state: footerView.shape.state.optional(),
        }),
        response: { 200: pageOf(footerView), default: problemResponse },
      },
    },
    ({ query }) => loadFooters(context.db, query),
  )

  server.put(
    '/api/footers/:id',
    {
      config: { right: { scope: 'messages:write', role: 'administrator' } },
      schema: {
        tags,
        operationId: 'switchFooter',
        summary: 'Switch a footer on or off',
        description:
          'From the next reply on. *off*: it is part of what people say again, and is never learned again. *on*: it is taken ' +
          'off the end of replies, though it holds a word that may be a condition or an answer. May be repeated.',
        params: byId,
        body: z.strictObject({ state: z.enum(['on', 'off']) }),
        response: { 200: footerView, default: problemResponse },
      },
    },
    async ({ params: { id }, body: { state }, caller }) => {
      await switchFooter(context, id, { state, by: actorOf(caller) })
      return loadFooter(context.db, id)
    },
  )
}
