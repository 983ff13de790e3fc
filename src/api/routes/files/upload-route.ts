import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { addDraftFile } from '../../../approvals/commands/add-draft-file.ts'
import { FILE_LIMIT, FILE_NAME_LIMIT, inMegabytes } from '../../../approvals/model/file-limits.ts'
import { AppError } from '../../../lib/app-error.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { actorOf } from '../../caller.ts'
import { fileView, toFileView } from '../../file-view.ts'
import { handleError } from '../../handle-error.ts'
import { problemResponse } from '../../problem-details.ts'

/** Uploads of one person at a time: each is held in memory until it is whole. */
const MOST_AT_ONCE = 3

/** A file comes in as it is, before the request that names it. */
export function uploadRoute(server: ApiServer, { context }: ApiParts): void {
  const underWay = new Map<string | null, number>()

  /** Refuses before anything of the body is read. */
  async function admit({ caller }: FastifyRequest, reply: FastifyReply): Promise<void> {
    const owner = actorOf(caller)
    const count = underWay.get(owner) ?? 0
    if (count >= MOST_AT_ONCE) throw new AppError('too-busy')
    underWay.set(owner, count + 1)
    reply.raw.once('close', () => {
      const left = (underWay.get(owner) ?? 1) - 1
      if (left === 0) underWay.delete(owner)
      else underWay.set(owner, left)
    })
  }

  server.register(async (plain) => {
    const scope: ApiServer = plain.withTypeProvider()
    // Also what looks like JSON is a file here.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body))
    scope.post(
      '/api/files',
      {
        // Counted while it is read: nothing beyond it is kept.
        bodyLimit: FILE_LIMIT,
        config: { right: { scope: 'requests:write', role: 'member' } },
        onRequest: admit,
        errorHandler: (error, request, reply) =>
          handleError(
            error.code === 'FST_ERR_CTP_BODY_TOO_LARGE'
              ? new AppError('file-too-large', { limit: inMegabytes(FILE_LIMIT) })
              : error,
            request,
            reply,
          ),
        schema: {
          tags: ['files'],
          operationId: 'uploadFile',
          summary: 'Upload a file for a request that is to be made',
          description:
            'The body is the file as it is, up to 10 MB, and `Content-Type` what it is declared to be. The file belongs to ' +
            'the caller until a request of theirs names it in `files`; one that none names is erased after a day.',
          consumes: ['application/octet-stream'],
          querystring: z.strictObject({ name: z.string().min(1).max(FILE_NAME_LIMIT) }),
          body: z.any().describe('The octets of the file'),
          response: { 201: fileView, default: problemResponse },
        },
      },
      async ({ caller, query, body, headers }, reply) => {
        const file = await addDraftFile(context, {
          ownerId: actorOf(caller),
          name: query.name,
          contentType: headers['content-type'],
          octets: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
        })
        return reply.code(201).send(toFileView(file))
      },
    )
  })
}
