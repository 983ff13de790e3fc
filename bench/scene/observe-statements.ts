import pg from 'pg'

export interface Statement {
  text: string
  values: unknown[]
}

type Query = (...parameters: unknown[]) => unknown

/** Keeps what is asked of the database through `pg` in this process. */
export function observeStatements(): { take(): Statement[]; stop(): void } {
  const prototype = pg.Client.prototype as unknown as { query: Query }
  const original = prototype.query
  let statements: Statement[] = []
  prototype.query = function (this: object, ...parameters: unknown[]) {
    const [first, values] = parameters
    const { text, values: own } = typeof first === 'string' ? { text: first } : (first as Partial<Statement>)
    if (text) statements.push({ text, values: own ?? (Array.isArray(values) ? values : []) })
    return original.apply(this, parameters)
  }
  return {
    take() {
      const taken = statements
      statements = []
      return taken
    },
    stop() {
      prototype.query = original
    },
  }
}
