/** What the texts of a page show of gaps in the catalogues: keys, placeholders, and words of another language. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

const catalogues = join(import.meta.dirname, '..', '..', 'web', 'src', 'locales', 'en')

const keys = new Set<string>()
const texts = new Set<string>()
for (const file of readdirSync(catalogues)) {
  collect(JSON.parse(readFileSync(join(catalogues, file), 'utf8')), [])
}

function collect(node: unknown, path: string[]): void {
  if (typeof node === 'string') {
    keys.add(path.join('.').replace(/_(one|many|other)$/, ''))
    texts.add(node)
  } else for (const [key, below] of Object.entries(node as object)) collect(below, [...path, key])
}

/** English that no French sentence holds. */
const english =
  /(?<!\p{L})(the|and|your|you|with|this|that|was|were|has|have|been|please|waiting|requests?|password|save|sent|settings)(?!\p{L})/iu

/** Every text that somebody sees or hears, but for what is quoted or marked as being of another language. */
const spoken = `{
  const quoted = 'pre, code, textarea, iframe, script, style, [lang]:not(html), .cm-editor'
  const found = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.parentElement.closest(quoted)) found.push(node.data.trim())
  }
  for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
    for (const element of document.querySelectorAll('[' + name + ']')) {
      if (!element.closest(quoted)) found.push(element.getAttribute(name))
    }
  }
  found.filter((text) => text !== '')
}`

/**
 * What is wrong with the texts of a page in this language: a title or first heading that is missing or does not fit the
 * other, a key of the catalogues in place of its text, a placeholder with nothing in it, English on a French page.
 */
export async function textFaults(page: Page, language: 'en' | 'fr'): Promise<string[]> {
  const faults: string[] = []
  const headings = await page.getByRole('heading', { level: 1 }).allTextContents()
  if (headings.length !== 1) faults.push(`has ${headings.length} first headings`)
  const title = await page.title()
  if (title !== `${headings[0]} · Countersign`) faults.push(`is called ${title}, its heading ${headings[0]}`)
  const declared = await page.evaluate<string>('document.documentElement.lang')
  if (declared !== language) faults.push(`says that it is in ${declared}`)
  for (const text of await page.evaluate<string[]>(spoken)) {
    if (keys.has(text) && !texts.has(text)) faults.push(`shows the key ${text}`)
    if (/\{\{|\bundefined\b|\[object |\bNaN\b/.test(text)) faults.push(`shows ${text}`)
    if (language === 'fr' && english.test(text)) faults.push(`says in English: ${text}`)
  }
  return faults
}
