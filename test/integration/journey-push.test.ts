import { afterAll, beforeAll, expect, test } from 'vitest'
import { pushPaths } from '../../src/mailboxes/push/push-paths.ts'
import type { Store } from '../../src/store/store.ts'
import { approvals, elodie } from '../support/contoso.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { eventually } from '../support/eventually.ts'
import { openFrontDoor } from '../support/front-door.ts'
import { startProduct } from '../support/start-product.ts'

/** The product behind a front door, once Graph has promised to call. */
async function start(store: Store, pollIntervalSeconds: number) {
  const door = await openFrontDoor()
  const type = 'exchange-online-graph'
  const product = await startProduct(store, { remoteApproval: { pollIntervalSeconds }, type, door })
  await eventually(async () => {
    const { items } = await product.api.get<{ items: object[] }>('/api/mailboxes')
    expect(items).toMatchObject([{ name: 'approvals', push: { state: 'on' } }])
  })
  return {
    product,
    door,
    async decide(): Promise<void> {
      const number = await product.filePurchase()
      await product.reply(await product.mail(number, 'approval', elodie), 'Oui')
      expect(await product.inbound(number, 1)).toMatchObject([{ outcome: 'decided' }])
    },
    calls: async (operation: string) => (await product.contoso.calls(operation)).count,
    async close() {
      await product.close()
      await door.close()
    },
  }
}

type Scene = Awaited<ReturnType<typeof start>>

describeOnBothDatabases('a Graph mailbox that is hardly ever polled', (open) => {
  let scene: Scene
  beforeAll(async () => {
    scene = await start(await open(), 3_600)
  })
  afterAll(() => scene?.close())

  test('is read when Graph calls', async () => {
    await scene.decide()
    expect(scene.door.passed).toContain(pushPaths.notifications)
    expect(await scene.product.audit()).toMatchObject({ ok: true, broken: [] })
  })

  test('is authorised again when Graph asks for it, and read', async () => {
    // Silent from now on: what comes meanwhile is found afterwards.
    await scene.product.contoso.lifecycle(approvals, 'reauthorizationRequired')
    await scene.decide()
    expect(await scene.calls('UpdateSubscription')).toBeGreaterThanOrEqual(1)
    await scene.decide()
  })

  test('gets a new subscription when Graph has removed it, and is read', async () => {
    await scene.product.contoso.lifecycle(approvals, 'subscriptionRemoved')
    await scene.decide()
    await eventually(async () => expect(await scene.calls('CreateSubscription')).toBe(2))
    await scene.decide()
  })

  test('is read when Graph has missed to call', async () => {
    scene.door.shut()
    const number = await scene.product.filePurchase()
    await scene.product.reply(await scene.product.mail(number, 'approval', elodie), 'Oui')
    await eventually(async () => expect(scene.door.lost).toContain(pushPaths.notifications))
    scene.door.leadTo(scene.product.url)
    await scene.product.contoso.lifecycle(approvals, 'missed')
    expect(await scene.product.inbound(number, 1)).toMatchObject([{ outcome: 'decided' }])
  })
})

describeOnBothDatabases('a Graph mailbox whose calls are lost', (open) => {
  let scene: Scene
  beforeAll(async () => {
    scene = await start(await open(), 5)
  })
  afterAll(() => scene?.close())

  test('is polled, and nothing is lost', async () => {
    scene.door.shut()
    await scene.decide()
    expect(scene.door.lost).toContain(pushPaths.notifications)
    expect(scene.door.passed).not.toContain(pushPaths.notifications)
  })
})
