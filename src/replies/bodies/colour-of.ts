/** A colour as its red, green and blue, 0 to 255; `clear` where nothing of it is seen; null for one that is not known. */
export type Colour = readonly [number, number, number] | 'clear' | null

/** Those of CSS that are near white, and a few that grounds have. */
const named: Record<string, Colour> = {
  transparent: 'clear',
  white: [255, 255, 255],
  snow: [255, 250, 250],
  ghostwhite: [248, 248, 255],
  whitesmoke: [245, 245, 245],
  floralwhite: [255, 250, 240],
  mintcream: [245, 255, 250],
  azure: [240, 255, 255],
  black: [0, 0, 0],
  windowtext: [0, 0, 0],
  window: [255, 255, 255],
}

/** Reads a colour of CSS or of an HTML attribute, written in lower case and without white space. */
export function colourOf(written: string): Colour {
  const known = Object.hasOwn(named, written) ? named[written] : undefined
  if (known !== undefined) return known
  const hex = /^#?([\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/.exec(written)?.[1]
  if (hex !== undefined) return ofHex(hex)
  const parts = /^(?:rgb|hsl)a?\(([^)]{1,60})\)/.exec(written)?.[1]?.split(/[,/]/)
  if (parts === undefined) return null
  if (parts.length === 4 && Number.parseFloat(parts[3] ?? '') === 0) return 'clear'
  if (!written.startsWith('rgb')) return null
  const [red = Number.NaN, green = Number.NaN, blue = Number.NaN] = parts.map((part) =>
    Number.parseFloat(part),
  )
  return [red, green, blue].every(Number.isFinite) ? [red, green, blue] : null
}

function ofHex(hex: string): Colour {
  const digits = hex.length <= 4 ? Array.from(hex, (digit) => digit + digit) : (hex.match(/../g) ?? [])
  const [red = 0, green = 0, blue = 0, alpha = 255] = digits.map((digit) => Number.parseInt(digit, 16))
  return alpha === 0 ? 'clear' : [red, green, blue]
}

/** How far two colours may be apart, in each of their three, and not be told apart by a reader. */
const indistinct = 8

/** Whether text of a colour cannot be read on a ground. What is not known can be read. */
export function isUnreadable(text: Colour, ground: Colour): boolean {
  if (text === 'clear') return true
  if (text === null || ground === null || ground === 'clear') return false
  return text.every((part, at) => Math.abs(part - (ground[at] ?? 0)) <= indistinct)
}
