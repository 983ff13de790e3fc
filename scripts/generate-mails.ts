/**
 * Turns the MJML templates of our mails into the Liquid templates that are committed and rendered at run time.
 * With `--check` it writes nothing and exits 1 when a committed file is stale.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import mjml from 'mjml'

const compose = join(import.meta.dirname, '../src/outbound/compose')
const source = join(compose, 'templates/mail.mjml')
const target = join(compose, 'generated/mail.liquid')

/** Writes the generated template, or only compares it when `check` is set. Returns whether it was fresh already. */
export async function generateMails({ check }: { check: boolean }): Promise<boolean> {
  const { html } = await mjml(readFileSync(source, 'utf8'), {
    filePath: source,
    ignoreIncludes: false,
    validationLevel: 'strict',
    // No web fonts: a mail of ours loads nothing.
    fonts: {},
    keepComments: false,
  })
  const generated = compact(html)
  const fresh = existsSync(target) && readFileSync(target, 'utf8') === generated
  if (!fresh && !check) writeFileSync(target, generated)
  return fresh
}

/** Without indentation and empty lines. No more: a minifier does not know Liquid, and Outlook needs its comments. */
function compact(html: string): string {
  const lines = html.split('\n').map((line) => line.trim())
  return `${lines.filter((line) => line !== '').join('\n')}\n`
}

if (import.meta.main) {
  const check = process.argv.includes('--check')
  const fresh = await generateMails({ check })
  if (check && !fresh) {
    console.error('The mail templates have changed: run npm run generate')
    process.exitCode = 1
  }
}
