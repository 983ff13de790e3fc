import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'

/** One file as it is sent. */
export interface PageFile {
  contentType: string
  body: Buffer
  /** The same under gzip, as the build made it; null for what it does not make smaller. */
  gzipped: Buffer | null
}

/** The built pages: what stands under each path, and the document that every page begins with. */
export interface Pages {
  files: ReadonlyMap<string, PageFile>
  /** With `NONCE` wherever the nonce of an answer goes. */
  index: string
}

export const NONCE = '__CSP_NONCE__'

const contentTypes: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** Where `npm run build` puts them. */
export const builtPages = join(import.meta.dirname, '..', '..', 'web', 'dist')

/**
 * The pages of this folder, read into memory: they are few and small, and a build under way changes nothing that is being
 * served. Null when nothing was built.
 */
export async function loadPages(folder: string): Promise<Pages | null> {
  const index = await readFile(join(folder, 'index.html'), 'utf8').catch(() => null)
  if (index === null) return null
  const names = await readdir(folder, { recursive: true })
  const files = new Map<string, PageFile>()
  for (const name of names) {
    const contentType = contentTypes[extname(name)]
    if (contentType === undefined) continue
    const body = await readFile(join(folder, name))
    const gzipped = names.includes(`${name}.gz`) ? await readFile(join(folder, `${name}.gz`)) : null
    files.set(`/${name.replaceAll('\\', '/')}`, { contentType, body, gzipped })
  }
  return { files, index }
}
