import { randomUUID } from 'node:crypto'
import { InvalidInput } from '../invalid-input.ts'
import { MailRefused } from '../mail/mail-refused.ts'
import { errorBody, GraphError, graphErrors } from './graph-error.ts'
import type { GraphAnswer, GraphRequest, Performed } from './request.ts'

/** Makes the octets and headers of an answer. */
export function writeAnswer({ status, headers = {}, body }: GraphAnswer, request: GraphRequest): Performed {
  const content =
    body === undefined ? Buffer.alloc(0) : Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body))
  const type =
    body === undefined || Buffer.isBuffer(body)
      ? {}
      : {
          'content-type':
            'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8',
        }
  const requestId = randomUUID()
  return {
    status,
    headers: {
      'cache-control': 'private',
      'request-id': requestId,
      'client-request-id': request.headers['client-request-id'] ?? requestId,
      ...type,
      ...headers,
    },
    content,
    isCut: false,
  }
}

/** The answer that tells of a failure; what no client can have brought about is thrown on. */
export function answerFailure(error: unknown, request: GraphRequest, now: number): GraphAnswer {
  const refusal = asGraphError(error)
  return {
    status: refusal.status,
    headers: refusal.headers,
    body: errorBody(refusal, now, request.headers['client-request-id']),
  }
}

/** What the mail system refuses, by the ResponseCode it gives. */
const refusalStatus: Record<string, number> = {
  ErrorSendAsDenied: 403,
  ErrorMessageSizeExceeded: 413,
  ErrorQuotaExceeded: 507,
}

function asGraphError(error: unknown): GraphError {
  if (error instanceof GraphError) return error
  if (error instanceof InvalidInput) return graphErrors.unreadableBody(error.message)
  if (error instanceof MailRefused) {
    // Graph has no word of its own for a message to nobody.
    const code = error.code === 'ErrorMissingRecipients' ? 'ErrorInvalidRecipients' : error.code
    return new GraphError(refusalStatus[code] ?? 400, code, error.message)
  }
  throw error
}
