/** A control request that cannot be carried out; answered with 400, or 404 when it names what is not there. */
export class InvalidInput extends Error {
  readonly status: 400 | 404
  constructor(message: string, status: 400 | 404 = 400) {
    super(message)
    this.status = status
  }
}
