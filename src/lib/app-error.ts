/**
 * The errors that people may see, in one catalogue: a stable code, its HTTP status, and a text in both languages
 * under `errors.<code>` of the catalogue. `docs/errors.md` lists them; a test keeps the three together.
 */

const catalogue = {
  'invalid-input': 400,
  'invalid-json': 400,
  'invalid-text': 400,
  'invalid-settings': 400,
  'invalid-definition': 422,
  'invalid-people': 422,
  'invalid-request-data': 422,
  'not-signed-in': 401,
  'sign-in-refused': 403,
  'password-wrong': 403,
  'too-many-attempts': 429,
  'link-unusable': 410,
  'cross-site-refused': 403,
  'operator-required': 403,
  'not-allowed': 403,
  'scope-missing': 403,
  'person-required': 403,
  'token-exceeds-own': 403,
  'request-not-found': 404,
  'action-not-found': 404,
  'process-not-found': 404,
  'process-changed': 409,
  'version-not-found': 404,
  'step-not-found': 404,
  'person-not-found': 404,
  'mailbox-not-found': 404,
  'mailbox-exists': 412,
  'mailbox-not-on-ews': 409,
  'mailbox-not-ready': 409,
  'mailbox-changed': 409,
  'mailbox-needed': 409,
  'mailbox-detached': 409,
  'instance-in-use': 409,
  'message-not-found': 404,
  'token-not-found': 404,
  'session-not-found': 404,
  'footer-not-found': 404,
  'audit-entry-not-found': 404,
  'page-not-found': 404,
  'result-unknown': 422,
  'invalid-answers': 422,
  'comment-required': 422,
  'already-decided': 409,
  'action-closed': 409,
  'request-closed': 409,
  'own-request': 403,
  'not-assignee': 403,
  'delegation-not-allowed': 403,
  'not-a-delegate': 403,
  'already-assigned': 409,
  'delegated-too-often': 409,
  'delegation-not-found': 404,
  'delegation-to-oneself': 422,
  'delegation-period': 422,
  'delegation-overlaps': 409,
  'too-many-delegations': 409,
  'person-known': 409,
  'own-access': 409,
  'group-not-found': 404,
  'group-known': 409,
  'group-name-former': 409,
  'group-in-process': 409,
  'group-has-actions': 409,
  'import-changed': 409,
  'idempotency-conflict': 409,
  'token-in-use': 409,
  'requester-required': 422,
  'file-not-found': 404,
  'file-taken': 409,
  'file-empty': 422,
  'file-too-large': 413,
  'file-erased': 410,
  'file-required': 422,
  'files-not-allowed': 422,
  'files-too-many': 422,
  'files-too-large': 422,
  'file-drafts-full': 409,
  'payload-too-large': 413,
  'unsupported-media-type': 415,
  'message-unreadable': 422,
  'message-erased': 410,
  'message-not-given-up': 409,
  'message-not-held': 409,
  'reply-decides-nothing': 422,
  'sender-not-theirs': 403,
  'judge-involved': 403,
  'message-not-answerable': 409,
  'reply-not-trusted': 403,
  'reply-overtaken': 409,
  'evidence-too-large': 422,
  'raw-missing': 500,
  'raw-altered': 500,
  'too-busy': 503,
  'mailbox-unavailable': 502,
  'internal-error': 500,
} as const satisfies Record<string, number>

export type ErrorCode = keyof typeof catalogue

export const errorCodes = Object.keys(catalogue) as ErrorCode[]

/** HTTP status of an error code. */
export function httpStatus(code: ErrorCode): number {
  return catalogue[code]
}

/** One thing wrong with an input, and where. `message` per language, because the reader's is known late. */
export interface FieldProblem {
  /** JSON path or field name: `data.amount`, `steps[1].question`. */
  path: string
  line?: number | undefined
  message: { en: string; fr: string }
}

/** An expected refusal. Anything else that is thrown is a bug and crashes the process. */
export class AppError extends Error {
  readonly code: ErrorCode
  /** Values for the text; never a credential. */
  readonly values: Record<string, string>
  readonly problems: FieldProblem[]

  constructor(
    code: ErrorCode,
    values: Record<string, string> = {},
    options: { problems?: FieldProblem[]; cause?: unknown } = {},
  ) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.values = values
    this.problems = options.problems ?? []
  }
}
