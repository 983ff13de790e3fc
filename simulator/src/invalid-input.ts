/** Settings that do not fit, or a control request that cannot be carried out: HTTP 400, or 404 when it names what is not there. */
export class InvalidInput extends Error {
  readonly status: 400 | 404
  constructor(message: string, status: 400 | 404 = 400) {
    super(message)
    this.status = status
  }
}
