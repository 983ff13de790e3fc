import { compile, type FormatCallback, type HtmlToTextOptions } from 'html-to-text'

/** Deeper elements are left out: a reply's own text stands near the surface, below it lie quotes of quotes. */
const maximumDepth = 128

/** What a style must hold for its element not to be seen, or to be seen struck out. */
const hiding =
  /display:none|visibility:hidden|mso-hide:all|font-size:0(?![.\d]*[1-9])|opacity:0(?![.\d]*[1-9])|line-through/

/** White letters; on a ground that is given a colour of its own they may be read. */
const white = /(?:^|;)color:(?:white|#fff(?:fff)?|rgba?\(255,255,255[^)]*\))(?:;|!|$)/

/** The containers in which clients put what they quote, whatever their language. */
const quoteContainers = [
  'blockquote',
  'div.gmail_quote',
  'div.yahoo_quoted',
  'div.protonmail_quote',
  'div#mail-editor-reference-message-container',
]

export interface HtmlText {
  /** What a person sees. */
  visible: string
  /** The same with hidden and struck-out text; equal to `visible` when there is none. */
  complete: string
}

/**
 * The text of an HTML body. Quotes become `> ` lines; hidden, struck-out and white text is left out of `visible`. Pure
 * and bounded by the length of the input.
 */
export function htmlText(html: string): HtmlText {
  const seen: Seen = { hidesText: false, quotes: false }
  const visible = withoutGaps(toVisibleText(html, seen))
  return { visible, complete: seen.hidesText ? withoutGaps(toCompleteText(html, seen)) : visible }
}

/** An empty line is an element with a line break in it, and would count twice. */
function withoutGaps(text: string): string {
  return text.replace(/\n{3,}/g, '\n\n')
}

/** Looks at the style, then formats the element again without it: styled elements have formats of their own kind. */
const styled =
  (hides: boolean): FormatCallback =>
  (element, walk, builder) => {
    const { style = '', hidden, ...attributes } = element.attribs ?? {}
    if (hides && (hidden !== undefined || isHidden(style))) {
      seenBy(builder).hidesText = true
      return
    }
    element.attribs = attributes
    walk([element], builder)
  }

const struckOut: FormatCallback = (_element, _walk, builder) => {
  seenBy(builder).hidesText = true
}

/** Lines behind `> `. A quote in a quote gets no second mark: with one each, nesting would multiply the text. */
const quote: FormatCallback = (element, walk, builder) => {
  const seen = seenBy(builder)
  const isOutermost = !seen.quotes
  seen.quotes = true
  builder.openBlock({ leadingLineBreaks: 2 })
  walk(element.children, builder)
  builder.closeBlock({ trailingLineBreaks: 2, blockTransform: (text) => (isOutermost ? marked(text) : text) })
  if (isOutermost) seen.quotes = false
}

function marked(text: string): string {
  return text
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n')
}

/** Clients turn emoji into pictures and keep the character as the alternative text. */
const emoji: FormatCallback = (element, _walk, builder) => {
  const alternative = element.attribs?.alt ?? ''
  if (/^\p{Extended_Pictographic}[\p{Variation_Selector}\p{Emoji_Modifier}]*$/u.test(alternative)) {
    builder.addInline(alternative)
  }
}

function isHidden(style: string): boolean {
  const plain = style.slice(0, 2_000).toLowerCase().replace(/\s+/g, '')
  return hiding.test(plain) || (white.test(plain) && !plain.includes('background'))
}

const line = { leadingLineBreaks: 1, trailingLineBreaks: 1 }

function optionsFor(hides: boolean): HtmlToTextOptions {
  return {
    wordwrap: false,
    limits: { maxDepth: maximumDepth, ellipsis: '' },
    formatters: { styled: styled(hides), struckOut, quote, emoji },
    selectors: [
      { selector: 'a', options: { ignoreHref: true } },
      { selector: 'img', format: 'emoji' },
      // Outlook writes each line as a paragraph without margin.
      { selector: 'p.MsoNormal', format: 'block', options: line },
      ...['head', 'title', 'style', 'script'].map((selector) => ({ selector, format: 'skip' })),
      // Cells and rows would run together: a banner in a table must not glue itself to the answer.
      ...['tr', 'td', 'th'].map((selector) => ({ selector, format: 'block', options: line })),
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({
        selector,
        options: { uppercase: false },
      })),
      ...(hides ? ['s', 'strike', 'del'].map((selector) => ({ selector, format: 'struckOut' })) : []),
      { selector: '[style]', format: 'styled' },
      { selector: '[hidden]', format: 'styled' },
      ...quoteContainers.map((selector) => ({ selector, format: 'quote' })),
    ],
  }
}

/** What the formatters note while they walk; the package hands it to them, but its types do not know of it. */
interface Seen {
  hidesText: boolean
  /** Whether the walk is inside a quote. */
  quotes: boolean
}

function seenBy(builder: object): Seen {
  return (builder as { metadata: Seen }).metadata
}

const toVisibleText: (html: string, seen: Seen) => string = compile(optionsFor(true))
const toCompleteText: (html: string, seen: Seen) => string = compile(optionsFor(false))
