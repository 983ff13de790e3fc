import { readFile } from 'node:fs/promises'
import type { Api } from '../demo/api.ts'

/** Makes everybody of the sample a reader of this language, as pages and mails are read in one's own. */
export async function letReadIn(api: Api, locale: 'en' | 'fr'): Promise<void> {
  const people = await readFile('examples/people.yaml', 'utf8')
  await api('POST', '/api/people/import', { people: people.replace(/locale: \w+/g, `locale: ${locale}`) })
}
