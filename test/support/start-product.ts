import type { Store } from '../../src/store/store.ts'
import { type ExchangeOnlineType, startContoso } from './contoso.ts'
import { type Desk, setUp } from './desk.ts'
import type { FrontDoor } from './front-door.ts'
import { newPlace, type Running, removePlace, startAt } from './installation.ts'

export type Product = Running

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
    /** By which Graph reaches the product; without one it does not. */
    door?: FrontDoor
  } = {},
): Promise<Product> {
  const contoso = await startContoso()
  await options.before?.(contoso)
  const place = await newPlace(store)
  const running = await startAt(place, contoso, { jobs: true, publicUrl: options.door?.url })
  options.door?.leadTo(running.url)
  await setUp(running.api, contoso, options)
  return {
    ...running,
    async close() {
      await running.close()
      await contoso.close()
      await removePlace(place)
    },
  }
}
