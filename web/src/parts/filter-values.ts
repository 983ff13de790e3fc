/** Whether it can be looked for as an address. */
export const isAddress = (text: string) => text.trim().length >= 3 && text.length <= 254

/** `42` of `42` and `#42`; undefined of what is no number of a request. */
export function requestNumber(value: unknown): number | undefined {
  const number = Number(String(value ?? '').replace(/^\s*#/, ''))
  return Number.isInteger(number) && number >= 1 && number <= 2_147_483_647 ? number : undefined
}
