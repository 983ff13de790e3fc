import { z } from 'zod'
import { removeDraftFile } from '../../../approvals/commands/remove-draft-file.ts'
import { loadFile } from '../../../approvals/load-files.ts'
import { AppError } from '../../../lib/app-error.ts'
import { harmlessType } from '../../../lib/harmless-type.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { attachmentHeader } from '../../attachment-header.ts'
import { actorOf } from '../../caller.ts'
import { byId, requestId } from '../../common-schemas.ts'
import { problemResponse } from '../../problem-details.ts'
import { readableRequests } from '../../readable-requests.ts'
import { uploadRoute } from './upload-route.ts'

const tags = ['files']

/** Files that come with requests: uploading and removing drafts, and downloading what a request has taken over. */
export function fileRoutes(server: ApiServer, parts: ApiParts): void {
  const { context } = parts
  uploadRoute(server, parts)

  server.delete(
    '/api/files/:id',
    {
      config: { right: { scope: 'requests:write', role: 'member' } },
      schema: {
        tags,
        operationId: 'removeFile',
        summary: 'Remove an uploaded file that no request has named yet',
        description: 'The caller’s own. What has become part of a request stays.',
        params: byId,
        response: { 204: z.undefined(), default: problemResponse },
      },
    },
    async ({ caller, params }, reply) => {
      await removeDraftFile(context, { id: params.id, ownerId: actorOf(caller) })
      return reply.code(204).send()
    },
  )

  server.get(
    '/api/requests/:id/files/:fileId',
    {
      config: { right: { scope: 'requests:read', role: 'member' } },
      schema: {
        tags,
        operationId: 'downloadFile',
        summary: 'The octets of a file of a request',
        description:
          'For whoever may see the request. Always a download: its declared type is given when it is a harmless one, ' +
          '`application/octet-stream` otherwise.',
        params: z.strictObject({ id: requestId, fileId: z.uuid() }),
        response: {
          200: { description: 'Octets', content: { 'application/octet-stream': { schema: z.any() } } },
          default: problemResponse,
        },
      },
    },
    async ({ caller, params }, reply) => {
      const request = await context.db
        .selectFrom('request')
        .select('id')
        .where('id', '=', params.id)
        .where('id', 'in', readableRequests(context.db, caller))
        .executeTakeFirst()
      if (!request) throw new AppError('request-not-found', { request: String(params.id) })
      const file = await loadFile(context.db, { requestId: request.id, fileId: params.fileId })
      return reply
        .type(harmlessType(file.mediaType))
        .header('content-disposition', attachmentHeader(file.name))
        .header('content-security-policy', "sandbox; default-src 'none'")
        .header('cross-origin-resource-policy', 'same-origin')
        .send(file.octets)
    },
  )
}
