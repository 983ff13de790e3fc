import { randomUUID } from 'node:crypto'

/** A request that Graph refuses; becomes the JSON body of `errorBody`. */
export class GraphError extends Error {
  readonly status: number
  readonly code: string
  readonly headers: Record<string, string>
  constructor(status: number, code: string, message: string, headers: Record<string, string> = {}) {
    super(message)
    this.status = status
    this.code = code
    this.headers = headers
  }
}

/** The refusals that more than one place gives. Only status and code count for a client; texts change. */
export const graphErrors = {
  accessDenied: () =>
    new GraphError(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.'),
  itemNotFound: () =>
    new GraphError(404, 'ErrorItemNotFound', 'The specified object was not found in the store.'),
  malformedId: () => new GraphError(400, 'ErrorInvalidIdMalformed', 'Id is malformed.'),
  badRequest: (message: string) => new GraphError(400, 'BadRequest', message),
  unreadableBody: (message: string) => new GraphError(400, 'RequestBodyRead', message),
  unknownProperty: (name: string, type: string) =>
    new GraphError(
      400,
      'RequestBroker--ParseUri',
      `Could not find a property named '${name}' on type 'microsoft.graph.${type}'.`,
    ),
  notSimulated: (what: string) => new GraphError(501, 'NotSimulated', `the simulator does not offer ${what}`),
}

/**
 * Graph's form of an error: https://learn.microsoft.com/graph/errors
 * @param now the simulator's time in milliseconds
 */
export function errorBody(
  { code, message }: Pick<GraphError, 'code' | 'message'>,
  now: number,
  clientRequestId: string | undefined,
): object {
  const requestId = randomUUID()
  return {
    error: {
      code,
      message,
      innerError: {
        date: new Date(now).toISOString().slice(0, 19), // without a zone, as Graph writes it
        'request-id': requestId,
        'client-request-id': clientRequestId ?? requestId,
      },
    },
  }
}
