import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import { describeOnBothDatabases } from '../../../test/support/databases.ts'
import { type Purchases, purchasesOn } from '../../../test/support/purchases.ts'
import { examples, openSampleApi, people, type SampleApi } from '../../../test/support/sample-api.ts'
import { newId } from '../../lib/new-id.ts'
import type { Context } from '../../store/context.ts'
import { loadAction } from '../load-action.ts'
import { importProcess } from './import-process.ts'

describeOnBothDatabases('an action that a group was asked about', (open) => {
  let api: SampleApi
  let context: Context
  let purchases: Purchases
  /** Thomas Berger is the only member of Finance. */
  let actionId: string

  beforeEach(async () => {
    api = await openSampleApi(await open())
    context = api.context
    purchases = purchasesOn(context)
    actionId = await purchases.fileForFinance()
    return () => api.close()
  })

  const decide = (address: string) =>
    context.db.transaction().execute((tx) => purchases.decide(tx, actionId, address))

  const leaveFinance = async () =>
    context.db
      .deleteFrom('groupMember')
      .where('personId', '=', await purchases.idOf(people.finance))
      .execute()

  const give = (toAddress: string, by: string) => purchases.reassign(actionId, toAddress, by)
  const giveAsAdministrator = (toAddress: string) => give(toAddress, people.administrator)

  test('somebody who left the group neither answers it, nor hands it on, nor sees its request', async () => {
    const token = await api.tokenFor(people.finance)
    const see = (path: string) => api.call(token, 'GET', path)
    expect((await see(`/api/actions/${actionId}`)).status).toBe(200)
    await leaveFinance()

    expect(await give(people.stranger, people.finance)).toBe('not-allowed')
    expect(await decide(people.finance)).toEqual({ outcome: 'not-assignee' })
    expect((await see(`/api/actions/${actionId}`)).body.code).toBe('action-not-found')
    expect((await see('/api/actions')).body.items).toEqual([])
    expect((await see('/api/requests')).body.items).toEqual([])
    const left = await api.call(api.operatorToken, 'GET', `/api/actions/${actionId}`)
    expect(left.body.assignees).toEqual([])
  })

  test('somebody who left the organisation is no assignee any more', async () => {
    await giveAsAdministrator(people.stranger)
    await context.db
      .updateTable('person')
      .set({ active: false })
      .where('address', '=', people.stranger)
      .execute()
    expect((await loadAction(context.db, actionId)).assignees).toEqual([])
  })

  test('a former member who is asked in person answers it', async () => {
    await leaveFinance()
    await giveAsAdministrator(people.stranger)
    await giveAsAdministrator(people.finance)
    expect(await decide(people.finance)).toMatchObject({ outcome: 'decided' })
  })

  test('what was kept of an answer goes with its assignment', async () => {
    const messageId = newId()
    await sql`
      insert into inbound_message (id, mailbox_id, provider_id, fingerprint, folder, received_at, stored_at, raw,
        raw_sha256, raw_size, original_octets, from_address, subject, state, settle_state)
      select ${messageId}, id, '', '', 'inbox', now(), now(), '', '', 0, false, '', '', 'processed', 'done' from mailbox
    `.execute(context.db)
    const kept = { actionId, personId: await purchases.idOf(people.finance), answers: '{"Q1":"NO"}' }
    await context.db
      .insertInto('partialAnswer')
      .values({ ...kept, comment: '', asked: '[]', inboundMessageId: messageId, createdAt: context.clock() })
      .execute()
    await giveAsAdministrator(people.stranger)
    expect(await context.db.selectFrom('partialAnswer').selectAll().execute()).toEqual([])
  })
})

describeOnBothDatabases('an action that one of several hands on', (open) => {
  let api: SampleApi
  let purchases: Purchases
  /** Élodie Gagnon and Anna Novák are asked. */
  let actionId: string

  beforeEach(async () => {
    api = await openSampleApi(await open())
    const definition = readFileSync(join(examples, 'processes', 'purchase.yaml'), 'utf8').replace(
      'assignee: { group: Finance }',
      'assignee: { group: Human Resources }\n    delegation: people',
    )
    await importProcess(api.context, { definition, mailbox: null })
    purchases = purchasesOn(api.context)
    actionId = await purchases.fileForFinance()
    return () => api.close()
  })

  const assignees = async () => {
    const { assignees } = await loadAction(api.context.db, actionId)
    const people = await api.context.db.selectFrom('person').select(['id', 'name']).execute()
    return assignees.map(({ personId }) => people.find(({ id }) => id === personId)?.name).sort()
  }
  const mails = (kind: 'approval' | 'action-withdrawn') =>
    api.context.db
      .selectFrom('outboundMessage')
      .select('toAddress')
      .where('actionId', '=', actionId)
      .where('kind', '=', kind)
      .orderBy('toAddress')
      .execute()

  test('stays the others’, who are told nothing', async () => {
    expect(await purchases.reassign(actionId, people.finance, people.manager)).toBe('yes')
    expect(await assignees()).toEqual(['Anna Novák', 'Thomas Berger'])
    expect(await mails('action-withdrawn')).toEqual([])
    expect((await mails('approval')).map(({ toAddress }) => toAddress)).toContain(people.finance)
  })

  test('goes to nobody who is asked already, nor to the requester', async () => {
    expect(await purchases.reassign(actionId, people.stranger, people.manager)).toBe('already-assigned')
    expect(await purchases.reassign(actionId, people.manager, people.manager)).toBe('already-assigned')
    expect(await purchases.reassign(actionId, people.requester, people.manager)).toBe('own-request')
    expect(await assignees()).toEqual(['Anna Novák', 'Élodie Gagnon'])
  })

  test('is counted over all of them', async () => {
    const chain = [people.finance, people.manager, people.finance, people.manager]
    const outcomes: string[] = []
    let holder = people.manager
    for (const to of chain) {
      outcomes.push(await purchases.reassign(actionId, to, holder))
      holder = to
    }
    expect(outcomes).toEqual(['yes', 'yes', 'yes', 'delegated-too-often'])
    expect(await purchases.reassign(actionId, people.administrator, people.administrator)).toBe('yes')
  })
})
