import { badArguments } from './imap-refusal.ts'

/** A range of numbers, both ends in it. */
type Range = [first: number, last: number]

const RANGE_LIMIT = 10_000

/**
 * Reads a sequence set such as `1:4,7,9:*` (RFC 3501, section 9) into rising ranges that do not meet.
 * @param highest what `*` means; 0 when there is none
 * @throws ImapRefusal BAD
 */
export function readSequenceSet(text: string, highest: number): Range[] {
  const written = text.split(',', RANGE_LIMIT + 1)
  if (written.length > RANGE_LIMIT) throw badArguments()
  const ranges = written.map((range): Range => {
    const [, first, last = first] = /^(\d{1,10}|\*)(?::(\d{1,10}|\*))?$/.exec(range) ?? []
    const ends = [first, last].map((end) => (end === '*' ? highest : Number(end)))
    if (first === undefined || ends.some((end) => end > 0xffff_ffff) || first === '0' || last === '0')
      throw badArguments()
    return [Math.min(...ends), Math.max(...ends)]
  })
  ranges.sort(([a], [b]) => a - b)
  const merged: Range[] = []
  for (const range of ranges) {
    const before = merged.at(-1)
    if (before && range[0] <= before[1] + 1) before[1] = Math.max(before[1], range[1])
    else merged.push(range)
  }
  return merged
}

/** Writes numbers as a set, runs drawn together, in the order they have: the two sets of COPYUID belong together by position. */
export function writeSequenceSet(numbers: number[]): string {
  const runs: Range[] = []
  for (const number of numbers) {
    const run = runs.at(-1)
    if (run && run[1] + 1 === number) run[1] = number
    else runs.push([number, number])
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}:${last}`)).join(',')
}
