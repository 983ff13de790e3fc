import { compile, type FormatCallback, type HtmlToTextOptions } from 'html-to-text'
import { blankUnseen } from './blank-unseen.ts'

/** Deeper elements are left out: a reply's own text stands near the surface, below it lie quotes of quotes. */
const maximumDepth = 128

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
  const seen: Seen = { hides: true, hidesText: false, quotes: false }
  const visible = textOf(html, seen)
  return { visible, complete: seen.hidesText ? textOf(html, { ...seen, hides: false }) : visible }
}

function textOf(html: string, seen: Seen): string {
  const body = html.replace(rootName, 'reading')
  return withoutGaps(toText(`<${root}>${body}</${root}>`, seen))
}

/** An empty line is an element with a line break in it, and would count twice; what is left out leaves its lines. */
function withoutGaps(text: string): string {
  return text.replace(/\n{3,}/g, '\n\n').trim()
}

/** The whole body, less what is not seen where that is asked for. */
const whole: FormatCallback = (element, walk, builder) => {
  const seen = seenBy(builder)
  if (seen.hides) seen.hidesText = blankUnseen(element.children)
  walk(element.children, builder)
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

const line = { leadingLineBreaks: 1, trailingLineBreaks: 1 }

/** An element around the body, so that one formatter sees all of it; a mail may have none of its own, or several. */
const root = 'reading-root'
const rootName = /reading-root/gi

const options: HtmlToTextOptions = {
  wordwrap: false,
  baseElements: { selectors: [root] },
  limits: { maxDepth: maximumDepth, ellipsis: '' },
  formatters: { whole, quote, emoji },
  selectors: [
    { selector: root, format: 'whole' },
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
    ...quoteContainers.map((selector) => ({ selector, format: 'quote' })),
  ],
}

/** What the formatters note while they walk; the package hands it to them, but its types do not know of it. */
interface Seen {
  /** Whether what is not seen is left out. */
  hides: boolean
  /** Whether anything was. */
  hidesText: boolean
  /** Whether the walk is inside a quote. */
  quotes: boolean
}

function seenBy(builder: object): Seen {
  return (builder as { metadata: Seen }).metadata
}

const toText: (html: string, seen: Seen) => string = compile(options)
