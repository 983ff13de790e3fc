import { beforeEach, expect, test } from 'vitest'
import { describeOnBothDatabases } from '../../test/support/databases.ts'
import {
  mailboxSettings,
  openSampleApi,
  people,
  purchase,
  type SampleApi,
} from '../../test/support/sample-api.ts'
import { OUTCOME_UNKNOWN } from '../lib/outcome-unknown.ts'
import { runOutboundAgain } from '../outbound/run-again.ts'
import { saveMailbox } from './save-mailbox.ts'
import { mailboxForm } from './settings.ts'

const ofTheOriginal = '<countersign.of-the-original@contoso.example>'

describeOnBothDatabases('the instance of a mailbox that runs', (open) => {
  let api: SampleApi
  let requester: string
  let requestId: number
  beforeEach(async () => {
    api = await openSampleApi(await open())
    requester = await api.tokenFor(people.requester)
    const body = { process: 'purchase', data: purchase }
    requestId = (await api.call(requester, 'POST', '/api/requests', body)).body.id
    return () => api.close()
  })

  const save = (remoteApproval: object) =>
    saveMailbox(api.context, 'main', mailboxForm.parse({ ...mailboxSettings, remoteApproval }))
  const main = () => api.context.db.selectFrom('mailbox').selectAll().executeTakeFirstOrThrow()
  const mail = () => api.context.db.selectFrom('outboundMessage').selectAll().executeTakeFirstOrThrow()

  test('stays while answers to its e-mails may come', async () => {
    await expect(save({ instance: 'prod' })).rejects.toMatchObject({
      code: 'instance-in-use',
      values: { mailbox: 'main', instance: 'countersign', actions: '1' },
    })
    expect(await main()).toMatchObject({ settings: { instance: 'countersign' } })
    await save({ instance: 'COUNTERSIGN' })
    await api.call(requester, 'POST', `/api/requests/${requestId}/cancel`)
    expect((await save({ instance: 'prod' })).notes).toContain('instance-changed')
    expect(await main()).toMatchObject({ settings: { instance: 'prod' } })
  })

  test('is changed in test mode, where nobody else was asked', async () => {
    await save({ redirectAllTo: people.stranger })
    expect((await save({ instance: 'prod' })).notes).toContain('instance-changed')
  })

  test('makes it a copy’s together with a test address, for not every copy is found out by itself', async () => {
    const { startFrom } = await main()
    const sent = { messageId: ofTheOriginal, sendingSince: new Date() }
    await api.context.db
      .updateTable('outboundMessage')
      .set({ ...sent, state: 'unknown' })
      .execute()
    await save({ instance: 'test', redirectAllTo: people.stranger })
    expect(await mail()).toMatchObject({ state: 'waiting', messageId: null })
    expect((await main()).startFrom.getTime()).toBeGreaterThanOrEqual(startFrom.getTime())
  })

  test('leaves no e-mail to a copy that would go out as the original’s', async () => {
    const error = JSON.stringify({ code: OUTCOME_UNKNOWN, message: 'cut' })
    await api.context.db
      .updateTable('outboundMessage')
      .set({ state: 'dead', messageId: ofTheOriginal, sendingSince: new Date(), error })
      .execute()
    await save({ instance: 'test', redirectAllTo: people.stranger })
    const { id } = await mail()
    await api.context.db
      .transaction()
      .execute((tx) => runOutboundAgain(tx, api.context, id, { actorId: null, evenIfSent: false }))
    expect(await mail()).toMatchObject({ state: 'waiting', messageId: null })
  })
})
