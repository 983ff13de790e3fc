import { nodeEnvironment, nodeFlags } from '../../scripts/how-node-starts.js'
import { readLock } from '../../src/store/data-directory-lock.ts'
import { type Api, apiAt } from './organisation.ts'
import { environmentOf, type Place } from './place.ts'
import { type Child, startChild } from './start-child.ts'

/** `serve` on the embedded database, as a process of its own that listens already. */
export async function startServe(dataDirectory: string): Promise<Child & { api: Api; url: string }> {
  const environment = { ...nodeEnvironment, ...environmentOf({ dataDirectory }), COUNTERSIGN_PORT: '0' }
  const child = startChild([...nodeFlags, 'src/main.ts', 'serve', '--json'], environment)
  const { url } = await child.printed<{ url: string }>()
  const token = (await readLock(dataDirectory))?.server?.token ?? ''
  return { ...child, url, api: apiAt({ url, token }) }
}

/** `worker` on PostgreSQL, as a process of its own that takes jobs already. */
export async function startWorker(place: Place, flags: string[] = []): Promise<Child> {
  const child = startChild([...nodeFlags, ...flags, 'src/main.ts', 'worker', '--json'], {
    ...nodeEnvironment,
    ...environmentOf(place),
  })
  await child.printed()
  return child
}
