/**
 * Builds the pages (`web/`) into `web/dist`, where the server finds them, unless they are built already: a digest of what
 * they are made of lies beside them. Takes seconds and no network. `npm run build`, and before the demo and the tests of
 * the pages.
 */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

const web = join(import.meta.dirname, '..', 'web')
const dist = join(web, 'dist')
const DIGEST = 'built-from.txt'

/** Builds the pages when their sources are others than those that they were built from. Returns whether it did. */
export async function buildWeb(): Promise<boolean> {
  const digest = await digestOfSources()
  if ((await builtFrom()) === digest) return false
  const folder = await mkdtemp(join(web, '.build-'))
  await runVite(folder)
  await compress(folder)
  await writeFile(join(folder, DIGEST), digest)
  await putInPlace(folder)
  return true
}

/** In a process of its own: under a test runner's NODE_ENV it would build React for developers. */
async function runVite(folder: string): Promise<void> {
  const vite = join(web, '..', 'node_modules', 'vite', 'bin', 'vite.js')
  const args = [vite, 'build', '--outDir', folder, '--emptyOutDir', '--logLevel', 'warn']
  const options = { cwd: web, env: { ...process.env, NODE_ENV: 'production' } }
  await promisify(execFile)(process.execPath, args, options).catch(({ stdout, stderr }) => {
    throw new Error(`The pages cannot be built:\n${stdout}${stderr}`)
  })
}

/** Another process may be doing the same: what it has put there meanwhile is as good. */
async function putInPlace(folder: string): Promise<void> {
  const old = `${folder}-old`
  await rename(dist, old).catch(() => undefined)
  await rename(folder, dist).catch((error: unknown) => {
    if (!existsSync(dist)) throw error
  })
  await Promise.all([old, folder].map((gone) => rm(gone, { recursive: true, force: true })))
}

async function builtFrom(): Promise<string | null> {
  return readFile(join(dist, DIGEST), 'utf8').catch(() => null)
}

async function digestOfSources(): Promise<string> {
  const sources = (await filesIn('src')).concat(await filesIn('public'))
  const digest = createHash('sha256')
  for (const name of [...sources.sort(), 'index.html', 'package.json', 'vite.config.ts']) {
    digest.update(`${name}\0`).update(await readFile(join(web, name)))
  }
  // Dependencies of dependencies, too.
  return digest.update(await readFile(join(web, '..', 'package-lock.json'))).digest('hex')
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(join(web, folder), { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(web.length + 1))
}

/** Beside each text a copy under gzip, so that the server compresses nothing itself. */
async function compress(folder: string): Promise<void> {
  const names = await readdir(folder, { recursive: true })
  for (const name of names.filter((name) => ['.css', '.js', '.svg'].includes(extname(name)))) {
    await writeFile(
      join(folder, `${name}.gz`),
      await promisify(gzip)(await readFile(join(folder, name)), { level: 9 }),
    )
  }
}

if (import.meta.main) {
  const began = performance.now()
  const built = await buildWeb()
  const seconds = ((performance.now() - began) / 1_000).toFixed(1)
  console.log(built ? `web/dist built in ${seconds} s` : 'web/dist is fresh')
}
