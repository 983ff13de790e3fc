/** What the command line itself refuses. `message` is for people, in their language; `code` for programs. */
export class CliError extends Error {
  readonly code: CliErrorCode

  constructor(code: CliErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'CliError'
    this.code = code
  }
}

/** `docs/cli.md` lists them. */
export type CliErrorCode =
  | 'file-missing'
  | 'file-unreadable'
  | 'file-too-large'
  | 'file-invalid'
  | 'file-exists'
  | 'export-broken'
  | 'cannot-listen'
  | 'server-silent'
  | 'check-cut-off'
  | 'replay-cut-off'
  | 'no-consent-link'
  | 'group-not-found'
  | 'postgresql-needed'
