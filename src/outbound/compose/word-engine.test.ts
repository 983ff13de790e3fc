/**
 * Outlook for Windows shows mail with Word. What Word knows is told by Microsoft in "Word 2007 HTML and CSS Rendering
 * Capabilities in Outlook 2007" (https://learn.microsoft.com/previous-versions/office/developer/office-2007/aa338201(v=office.12)),
 * and what later versions made of it by the tests of https://www.caniemail.com. What stands in our mails is on one of
 * these lists: Word knows it, or Word ignores it and the mail is as good without.
 */
import { expect, test } from 'vitest'
import { everySample, looksLikeAnother } from '../../../test/fixtures/mails/every-sample.ts'
import { composeMail } from './compose-mail.ts'

const elements: Record<string, string> = {
  a: 'known',
  body: 'known',
  br: 'known',
  div: 'known',
  table: 'known',
  tbody: 'known',
  td: 'known',
  tr: 'known',
  bdi: 'unknown to HTML 4, so its text is shown as that of its parent',
}

const attributes: Record<string, string> = {
  align: 'known',
  bgcolor: 'known',
  border: 'known',
  cellpadding: 'known',
  cellspacing: 'known',
  class: 'known',
  dir: 'known',
  href: 'known',
  lang: 'known',
  style: 'known',
  target: 'known',
  valign: 'known',
  width: 'known',
  'aria-label': 'ignored; for those who listen in other clients',
  'aria-roledescription': 'ignored; for those who listen in other clients',
  role: 'ignored; for those who listen in other clients',
}

const properties: Record<string, string> = {
  background: 'known, as a colour',
  'background-color': 'known',
  border: 'known',
  'border-collapse': 'known',
  'border-left': 'known',
  'border-top': 'known',
  color: 'known',
  direction: 'known',
  'font-family': 'known',
  'font-size': 'known',
  'font-weight': 'known',
  'line-height': 'known',
  margin: 'known',
  'mso-line-height-rule': 'of Word alone',
  'mso-padding-alt': 'of Word alone',
  padding: 'known for cells alone; what is no cell has mso-padding-alt',
  'table-layout': 'known',
  'text-align': 'known',
  'text-decoration': 'known',
  'text-transform': 'known',
  'vertical-align': 'known',
  width: 'known',
  'word-spacing': 'known',
  'border-radius': 'ignored: corners are square',
  cursor: 'ignored: there is no pointer to change',
  display:
    'ignored, but for none: columns stand in tables that only Word sees, and a link is as wide as its cell',
  'max-width': 'ignored: the width is that of a table that only Word sees',
  'word-break': 'ignored before 2019: a word without end makes its mail wider there',
}

/** Fonts that come with Windows. Word may give a text whose first font it lacks in Times New Roman. */
const fontsOfWindows = ["'Segoe UI'", 'Consolas']

/** The mail's body with the parts that only Word sees, and without those that it does not. */
function asWordReads(html: string): string {
  return html
    .slice(html.indexOf('<body'), html.indexOf('</html>'))
    .replace(/<!--\[if !mso[^\]]*\]><!-->.*?<!--<!\[endif\]-->/gs, '')
    .replace(/<!--\[if [^\]]*mso[^\]]*\]>(.*?)<!\[endif\]-->/gs, '$1')
}

interface Tag {
  name: string
  isEnd: boolean
  attributes: { name: string; value: string }[]
}

/** Our own HTML: every value is quoted, and what people wrote is escaped. */
function tagsOf(html: string): Tag[] {
  return [...html.matchAll(/<(\/?)([a-z][a-z0-9]*)([^>]*)>/gi)].map(([, slash, name, rest]) => ({
    name: String(name),
    isEnd: slash === '/',
    attributes: [...String(rest).matchAll(/([\w-]+)="([^"]*)"/g)].map(([, attribute, value]) => ({
      name: String(attribute),
      value: String(value),
    })),
  }))
}

function declarationsOf({ attributes }: Tag): [property: string, value: string][] {
  const style = attributes.find(({ name }) => name === 'style')?.value ?? ''
  return style
    .split(';')
    .filter((declaration) => declaration.trim() !== '')
    .map((declaration) => {
      const [property = '', ...value] = declaration.split(':')
      return [property.trim(), value.join(':').trim()]
    })
}

/** What Word would not show as we mean it, one line each. */
function faults(html: string): string[] {
  const found: string[] = []
  const open: string[] = []
  for (const tag of tagsOf(html)) {
    if (!(tag.name in elements)) found.push(`element ${tag.name}`)
    if (tag.isEnd && open.pop() !== tag.name) found.push(`end of ${tag.name} where another is open`)
    if (!tag.isEnd && tag.name !== 'br') open.push(tag.name)
    for (const { name } of tag.attributes) if (!(name in attributes)) found.push(`attribute ${name}`)
    const declarations = declarationsOf(tag)
    for (const [property, value] of declarations) {
      if (!(property in properties)) found.push(`property ${property}`)
      const isCell = tag.name === 'td'
      const forWord = declarations.some(([name]) => name === 'mso-padding-alt')
      if (property === 'padding' && !isCell && !forWord) found.push(`padding of ${tag.name}`)
      if (property.startsWith('background') && !/^#[0-9a-f]{6}$/.test(value))
        found.push(`${property}: ${value}`)
      const [font = ''] = value.split(',')
      if (property === 'font-family' && !fontsOfWindows.includes(font)) found.push(`first font ${font}`)
    }
  }
  return [
    ...new Set([...found, ...open.filter((name) => name !== 'body').map((name) => `${name} without end`)]),
  ]
}

const samples = (['en', 'fr'] as const).flatMap(everySample).filter(({ name }) => !looksLikeAnother(name))

test.each(samples)('$name stays within what Word knows', ({ model }) => {
  const body = asWordReads(composeMail(model).html)
  expect(body).not.toContain('[if')
  expect(faults(body)).toEqual([])
})

test('what Word does not know would be found', () => {
  const bad = [
    '<table><tr><td style="background:url(x.png);font-family:Inter, sans-serif">',
    '<div style="padding:8px;float:left" hidden="hidden">a</div><img>',
    '</tr></table>',
  ]
  expect(faults(bad.join(''))).toEqual([
    'background: url(x.png)',
    'first font Inter',
    'attribute hidden',
    'padding of div',
    'property float',
    'element img',
    'end of tr where another is open',
    'end of table where another is open',
    'table without end',
    'tr without end',
  ])
})
