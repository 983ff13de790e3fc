/**
 * Something that the operator must mend before Countersign can start or go on. The message says what and how; it is
 * shown alone, without a stack.
 */
export class OperatorError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'OperatorError'
  }
}
