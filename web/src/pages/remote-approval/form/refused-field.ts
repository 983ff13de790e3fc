/** What only the page itself can refuse, at the field where it was entered. */
export class RefusedField extends Error {
  override name = 'RefusedField'
  readonly path: 'name'
  constructor(path: 'name', message: string) {
    super(message)
    this.path = path
  }
}
