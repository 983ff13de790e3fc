type Value = string | number

/** Both, and the members of a member that both have. */
export function merge(one: object, other: object): object {
  const merged: Record<string, unknown> = { ...one }
  for (const [key, value] of Object.entries(other)) {
    const before = merged[key]
    merged[key] = isObject(before) && isObject(value) ? merge(before, value) : value
  }
  return merged
}

/** `{ reader: { exact: 1 } }` as `{ 'reader.exact': 1 }`. */
export function flatten(figures: object, before = ''): Record<string, Value> {
  const flat: Record<string, Value> = {}
  for (const [key, value] of Object.entries(figures)) {
    if (isObject(value)) Object.assign(flat, flatten(value, `${before}${key}.`))
    else flat[`${before}${key}`] = typeof value === 'number' ? value : String(value)
  }
  return flat
}

function isObject(value: unknown): value is object {
  return value !== null && typeof value === 'object'
}
