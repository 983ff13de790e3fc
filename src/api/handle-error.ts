import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../lib/app-error.ts'
import { chooseLocale } from './choose-locale.ts'
import { PROBLEM_TYPE, toProblemDetails } from './problem-details.ts'

/**
 * The one place that turns what was thrown into an answer. Whatever is not an `AppError` is a bug of ours: it is
 * logged with the request's number and answered with nothing but that number.
 */
export function handleError(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const error = toAppError(thrown, request)
  if (error.code === 'internal-error') {
    request.log.error(
      { err: thrown, route: request.routeOptions.url, requestId: request.id },
      'request failed',
    )
  }
  const problem = toProblemDetails(error, chooseLocale(request.headers['accept-language']))
  if (error.code === 'not-signed-in') reply.header('www-authenticate', 'Bearer realm="countersign"')
  if (error.code === 'too-many-attempts') reply.header('retry-after', error.values.seconds)
  reply
    .code(problem.status)
    .header('content-type', PROBLEM_TYPE)
    .header('content-language', chooseLocale(request.headers['accept-language']))
    .serializer(JSON.stringify)
    .send(problem)
}

function toAppError(thrown: unknown, request: FastifyRequest): AppError {
  if (thrown instanceof AppError) return thrown
  switch ((thrown as Partial<FastifyError> | null)?.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new AppError('payload-too-large')
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return new AppError('invalid-json')
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new AppError('unsupported-media-type')
    case 'FST_ERR_BAD_URL':
      return new AppError('page-not-found')
    default:
      return new AppError('internal-error', { requestId: request.id }, { cause: thrown })
  }
}
