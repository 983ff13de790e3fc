/** Exchange will not take this mail; `code` is the ResponseCode that says why. */
export class MailRefused extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}
