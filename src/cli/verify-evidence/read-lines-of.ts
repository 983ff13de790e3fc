import type { z } from 'zod'

/** The documents of a file of JSON lines; null when one of them is none, or not of this shape. */
export function readLinesOf<Line>(octets: Buffer, shape: z.ZodType<Line>): Line[] | null {
  const lines = octets.toString().split('\n').slice(0, -1).map(parse)
  const read = lines.map((line) => shape.safeParse(line))
  return read.every(({ success }) => success)
    ? read.flatMap(({ data }) => (data === undefined ? [] : [data]))
    : null
}

/** A JSON document; undefined, which no document is, when it is none. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
