import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { approvals, type Contoso, elodie, thomas } from '../support/contoso.ts'
import type { Desk } from '../support/desk.ts'
import { eventually } from '../support/eventually.ts'
import { openStage, type Stage } from './crash/open-stage.ts'

/** Longer than the kill takes, and over before the next server asks. */
const HOLD_MS = 1_000

describe('kill -9 of the server in the middle of a call', () => {
  let stage: Stage
  let contoso: Contoso
  let desk: Desk
  beforeEach(async () => {
    stage = await openStage('PGlite')
    contoso = stage.contoso
    desk = stage.desk
    stage.liveLongAgo()
  })
  afterEach(() => stage?.close())

  /** The next call of this operation is held, and the server killed while it waits for the answer. */
  async function killDuring(operation: string, act: () => Promise<unknown>): Promise<void> {
    await contoso.fault(operation, { waitMs: HOLD_MS })
    await act()
    await eventually(async () => expect(await contoso.faultsLeft()).toBe(0))
    await stage.kill()
  }

  async function start(): Promise<void> {
    await stage.restart()
    desk = stage.desk
  }

  const subjectsOf = async (address: string, folder: string, number: number) =>
    (await contoso.mails(address, folder)).filter(({ subject }) => subject.includes(`[#${number}-`))

  test('while a mail is handed over: it is looked for, and sent exactly once', async () => {
    let number = 0
    await killDuring('CreateItem', async () => {
      number = await desk.filePurchase()
    })
    await eventually(async () => expect(await subjectsOf(elodie.address, 'Inbox', number)).toHaveLength(1))
    const sentBefore = await contoso.calls('CreateItem')
    await start()

    const asked = await desk.mail(number, 'approval', elodie)
    expect(await contoso.calls('CreateItem')).toMatchObject({ count: sentBefore.count })
    expect((await contoso.calls('FindItem')).count).toBeGreaterThan(0)
    await desk.reply(asked, 'Oui')
    expect(await desk.inbound(number, 1)).toMatchObject([{ outcome: 'decided' }])
    await desk.mail(number, 'approval', thomas)
    expect(await subjectsOf(elodie.address, 'Inbox', number)).toHaveLength(1)
    expect(await desk.audit()).toMatchObject({ ok: true })
  })

  test.each([
    ['while a reply is fetched', 'GetItem'],
    ['while a stored reply is put aside', 'MoveItem'],
    ['while the mail that follows from a reply is handed over', 'CreateItem'],
  ])('%s: it is decided exactly once and put aside', async (_, operation) => {
    const number = await desk.filePurchase()
    const asked = await desk.mail(number, 'approval', elodie)
    await killDuring(operation, () => desk.reply(asked, 'Oui'))
    await start()

    expect(await desk.inbound(number, 1)).toMatchObject([{ outcome: 'decided' }])
    const { actions, timeline } = await desk.request(number)
    expect(actions).toMatchObject([
      { decision: { result: 'YES', by: { address: elodie.address } } },
      { status: 'open', decision: null },
    ])
    expect(timeline.filter(({ kind }) => kind === 'action-decided')).toHaveLength(1)
    await eventually(async () => {
      expect(await subjectsOf(approvals, 'Inbox', number)).toEqual([])
      expect(await subjectsOf(approvals, 'Inbox/Processed', number)).toHaveLength(1)
    })
    await desk.mail(number, 'approval', thomas)
    expect(await subjectsOf(thomas.address, 'Inbox', number)).toHaveLength(1)
    expect(await desk.audit()).toMatchObject({ ok: true, broken: [], checkpoints: { broken: [] } })
  })
})
