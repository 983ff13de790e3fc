/** The values of a list that stand earlier in it as well, with their positions. */
export function repeated(values: string[]): { value: string; index: number }[] {
  const seen = new Set<string>()
  return values.flatMap((value, index) => {
    if (seen.has(value)) return [{ value, index }]
    seen.add(value)
    return []
  })
}
