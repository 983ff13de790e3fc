import { type Colour, colourOf, isUnreadable } from './colour-of.ts'
import { type Look, lookOf } from './look-of.ts'
import { readStyles, type Styles } from './read-styles.ts'

/** A node of a parsed HTML body. */
export interface HtmlNode {
  type: string
  name?: string | undefined
  data?: string | undefined
  attribs?: Record<string, string> | undefined
  children?: HtmlNode[] | undefined
}

/** What an element hands on to those in it. */
interface Around {
  isHidden: boolean
  isTiny: boolean
  colour: Colour
  ground: Colour
}

const paper: Around = { isHidden: false, isTiny: false, colour: null, ground: [255, 255, 255] }

/** Elements that a reader of mail never sees, or sees struck out. */
const unseen = new Set(['template', 's', 'strike', 'del'])

/** More than a mail client gives to one element. */
const mostClasses = 20

/**
 * Takes away, in place, the text that a person does not see: hidden by an attribute, a style or a style sheet, too
 * small, or of the colour of its ground. Linear in the size of the body, whose depth `boundHtml` bounds.
 *
 * @returns Whether any text was taken away.
 */
export function blankUnseen(nodes: HtmlNode[]): boolean {
  const styles = readStyles(sheetsOf(nodes).join('\n'))
  const state = { hasBlanked: false }
  for (const node of nodes) blank(node, paper, styles, state)
  return state.hasBlanked
}

function sheetsOf(nodes: HtmlNode[]): string[] {
  return nodes.flatMap(({ name, children = [] }) =>
    name === 'style' ? children.map(({ data = '' }) => data) : sheetsOf(children),
  )
}

function blank(node: HtmlNode, around: Around, styles: Styles, state: { hasBlanked: boolean }): void {
  if (node.type === 'text') {
    const isSeen = !around.isHidden && !around.isTiny && !isUnreadable(around.colour, around.ground)
    if (isSeen || (node.data ?? '').trim() === '') return
    node.data = ' '
    state.hasBlanked = true
    return
  }
  const { name = '', attribs = {}, children = [] } = node
  if (name === 'style' || name === 'script') return
  const inside = insideOf(name, attribs, around, styles)
  // Pictures of emoji are read by their alternative text.
  if (name === 'img' && inside.isHidden && attribs.alt) {
    attribs.alt = ''
    state.hasBlanked = true
  }
  const isClosed = name === 'details' && attribs.open === undefined
  for (const child of children) {
    const isFolded = isClosed && child.name !== 'summary'
    blank(child, isFolded ? { ...inside, isHidden: true } : inside, styles, state)
  }
}

function insideOf(name: string, attribs: Record<string, string>, around: Around, styles: Styles): Around {
  const looks = looksOf(name, attribs, styles)
  const isUnseen = attribs.hidden !== undefined || unseen.has(name)
  if (looks.length === 0 && !isUnseen) return around
  const look: Look = Object.assign({}, ...looks)
  return {
    isHidden: around.isHidden || isUnseen || looks.some(({ isHidden }) => isHidden === true),
    isTiny: look.isTiny ?? around.isTiny,
    colour: look.colour ?? around.colour,
    ground: look.ground === undefined ? around.ground : look.ground,
  }
}

/** In the order of their weight, the lightest first: attributes, style sheets, the style of the element itself. */
function looksOf(name: string, attribs: Record<string, string>, styles: Styles): Look[] {
  const { style, class: classes = '', id, color, bgcolor } = attribs
  const looks: Look[] = []
  if (name === 'font' && color !== undefined) looks.push({ colour: colourOf(plainOf(color)) })
  if (bgcolor !== undefined) looks.push({ ground: colourOf(plainOf(bgcolor)) })
  if (styles.size > 0) {
    const keys =
      classes === ''
        ? []
        : classes
            .toLowerCase()
            .split(/\s+/, mostClasses)
            .map((one) => `.${one}`)
    for (const key of [name, ...keys, ...(id === undefined ? [] : [`#${id.toLowerCase()}`])]) {
      const look = styles.get(key)
      if (look !== undefined) looks.push(look)
    }
  }
  if (style !== undefined) looks.push(lookOf(style))
  return looks
}

function plainOf(colour: string): string {
  return colour.slice(0, 100).toLowerCase().replace(/\s+/g, '')
}
