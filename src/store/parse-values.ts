import pg from 'pg'

/**
 * How PostgreSQL's text becomes JavaScript values, on both databases. As `pg` has it, but for `int8` (counts, sums):
 * a number, because a string would add up by concatenation. One that a double cannot hold exactly is an error.
 */
export const parseValues: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === pg.types.builtins.INT8 && format !== 'binary') return parseInt8
    return pg.types.getTypeParser(oid, format)
  },
}

function parseInt8(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`int8 ${text} is no safe integer`)
  return value
}
