import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openApp } from '../../src/app.ts'
import { readConfig } from '../../src/config/read-config.ts'
import type { Store } from '../../src/store/store.ts'
import { type ExchangeOnlineType, startContoso } from './contoso.ts'
import { type Desk, deskOf, setUp } from './desk.ts'

export interface Product extends Desk {
  /** Where it listens. */
  url: string
  close(): Promise<void>
}

/**
 * The whole product with its jobs, in this process, on the simulated company. On PostgreSQL it takes the database of
 * `store`; on PGlite one in files of its own, as an installation has it.
 */
export async function startProduct(
  store: Store,
  options: {
    before?: (contoso: Desk['contoso']) => Promise<void>
    remoteApproval?: object
    type?: ExchangeOnlineType
  } = {},
): Promise<Product> {
  const contoso = await startContoso()
  await options.before?.(contoso)
  const dataDirectory = await mkdtemp(join(tmpdir(), 'countersign-product-'))
  const config = readConfig({
    DATABASE_URL: store.kind === 'postgres' ? store.pool.options.connectionString : undefined,
    COUNTERSIGN_DATA: dataDirectory,
    COUNTERSIGN_PORT: '0',
    COUNTERSIGN_KEY: Buffer.alloc(32, 7).toString('base64'),
    COUNTERSIGN_LOG_LEVEL: 'silent',
  })
  const app = await openApp(config, { jobs: true })
  await app.server.listen({ host: config.host, port: config.port })
  const { port } = app.server.server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  const desk = deskOf({ url, token: app.operatorToken }, contoso)
  await setUp(desk.api, contoso, options)
  return {
    ...desk,
    url,
    async close() {
      await app.close()
      await contoso.close()
      await rm(dataDirectory, { recursive: true, force: true })
    },
  }
}
