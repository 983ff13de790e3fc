import { type Colour, colourOf } from './colour-of.ts'

/** What CSS says of whether the text of an element can be seen. What it says nothing of is absent. */
export interface Look {
  /** Neither it nor anything in it is seen, or it is seen struck out. */
  isHidden?: true
  /** Its letters are too small to be seen; an element in it may have others. */
  isTiny?: boolean
  colour?: Colour
  ground?: Colour
}

/** Smaller letters are dots. */
const smallestPixels = 2

/** A place from which nothing reaches the screen. */
const farAway = -900

/** More declarations than a mail client writes. */
const longest = 4_000

/** Reads the declarations of one rule, or of a `style` attribute. Linear in the length. */
export function lookOf(declarations: string): Look {
  const plain = declarations.slice(0, longest).toLowerCase().replace(/\s+/g, '').replaceAll('!important', '')
  const look: Look = {}
  const values = new Map<string, string>()
  for (const declaration of plain.split(';')) {
    const colon = declaration.indexOf(':')
    if (colon > 0) values.set(declaration.slice(0, colon), declaration.slice(colon + 1))
  }
  for (const [property, value] of values) {
    if (property === 'color') look.colour = colourOf(value)
    else if (property === 'background-color') look.ground = colourOf(value)
    else if (property === 'background') look.ground = groundOf(value)
    else if (property === 'font-size') Object.assign(look, sizeOf(value))
    else if (hides(property, value)) look.isHidden = true
  }
  if (isCutAway(values)) look.isHidden = true
  // A ground that is not there is that of the element around.
  if (look.ground === 'clear') delete look.ground
  return look
}

function hides(property: string, value: string): boolean {
  switch (property) {
    case 'display':
      return value === 'none'
    case 'visibility':
      return value === 'hidden' || value === 'collapse'
    case 'mso-hide':
      return value === 'all'
    case 'opacity':
      return Number.parseFloat(value) === 0
    case 'text-decoration':
    case 'text-decoration-line':
      return value.includes('line-through')
    case 'left':
    case 'right':
    case 'top':
    case 'bottom':
    case 'text-indent':
    case 'margin-left':
    case 'margin-top':
      return Number.parseFloat(value) <= farAway
    case 'transform':
      return /scale[xy]?\(0(?:\.0+)?[,)]|translate[xy3d]*\([^)]*-\d{3,}/.test(value)
    case 'clip':
      return /^rect\((?:[01](?:px)?[, ]?){4}\)$/.test(value)
    case 'clip-path':
      return /^inset\((?:50|100)%/.test(value)
    default:
      return false
  }
}

/** A box without height or width that shows nothing beyond its edges, as the text for a preview stands in. */
function isCutAway(values: Map<string, string>): boolean {
  const isZero = (property: string) => {
    const value = values.get(property)
    return value !== undefined && Number.parseFloat(value) === 0
  }
  const overflow = values.get('overflow') ?? ''
  if (overflow !== 'hidden' && overflow !== 'clip') return false
  return ['height', 'max-height', 'width', 'max-width'].some(isZero)
}

/** Sizes in percent and em are parts of the size around, and leave it what it is. */
function sizeOf(value: string): Pick<Look, 'isTiny'> {
  const size = Number.parseFloat(value)
  if (size === 0) return { isTiny: true }
  if (Number.isNaN(size) || /^[\d.]+(?:%|em)/.test(value)) return {}
  return { isTiny: /^[\d.]+p[xt]/.test(value) && size < smallestPixels }
}

/** The colour in `background: #fff url(…) no-repeat`, whose spaces are gone; null where there is a picture. */
function groundOf(value: string): Colour {
  if (value === 'none' || value === 'transparent' || value === 'inherit') return 'clear'
  const found = /^(?:#[\da-f]{3,8}|rgba?\([^)]*\)|[a-z]+$)/.exec(value)?.[0]
  return found === undefined ? null : colourOf(found)
}
