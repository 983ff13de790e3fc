import { beforeEach, expect, test } from 'vitest'
import { describeOnBothDatabases } from '../../test/support/databases.ts'
import { type Purchases, purchasesOn } from '../../test/support/purchases.ts'
import { openSampleApi, people, type SampleApi } from '../../test/support/sample-api.ts'
import { buildSubjectTag } from '../lib/reply-token.ts'
import { parseMessage } from '../mail/parse-message.ts'
import { replyTokenOf } from '../outbound/load-mail-facts.ts'
import type { Context } from '../store/context.ts'
import { findAsked } from './find-asked.ts'

describeOnBothDatabases('whom a reply token was given to', (open) => {
  let api: SampleApi
  let context: Context
  let purchases: Purchases
  /** Thomas Berger is the only member of Finance. */
  let actionId: string
  let mailboxId: string

  beforeEach(async () => {
    api = await openSampleApi(await open())
    context = api.context
    purchases = purchasesOn(context)
    actionId = await purchases.fileForFinance()
    const mailbox = await context.db.selectFrom('mailbox').select('id').executeTakeFirstOrThrow()
    mailboxId = mailbox.id
    return () => api.close()
  })

  /** What the token of this person in a reply's subject leads to. */
  async function follow(address: string) {
    const token = await replyTokenOf(context, {
      actionId,
      personId: await purchases.idOf(address),
      instance: 'countersign',
    })
    const subject = `RE: A purchase ${buildSubjectTag({ request: 1, action: 2, token })}`
    const raw = Buffer.from(`From: ${address}\r\nSubject: ${subject}\r\n\r\nYes\r\n`)
    const message = await parseMessage({
      providerId: 'a',
      folder: 'inbox',
      receivedAt: context.clock(),
      raw,
      originalOctets: true,
      transportHeaders: null,
      itemClass: null,
    })
    const { token: found, asked } = await findAsked(context.db, context.keys, {
      mailboxId,
      message,
      now: context.clock(),
    })
    return { token: found, stillEntitled: asked?.stillEntitled }
  }

  const leaveFinance = async () =>
    context.db
      .deleteFrom('groupMember')
      .where('personId', '=', await purchases.idOf(people.finance))
      .execute()

  const giveTo = (toAddress: string) => purchases.reassign(actionId, toAddress, people.administrator)

  test('a member of the group, before and after the decision', async () => {
    expect(await follow(people.finance)).toEqual({ token: 'valid', stillEntitled: true })
    await context.db.transaction().execute((tx) => purchases.decide(tx, actionId, people.finance))
    expect(await follow(people.finance)).toEqual({ token: 'expired', stillEntitled: true })
  })

  test('a former member, while the action is open', async () => {
    await leaveFinance()
    expect(await follow(people.finance)).toEqual({ token: 'valid', stillEntitled: false })
  })

  test('a former member, once a member has decided: nobody tells them who', async () => {
    await context.db.transaction().execute((tx) => purchases.decide(tx, actionId, people.finance))
    await leaveFinance()
    expect(await follow(people.finance)).toEqual({ token: 'expired', stillEntitled: false })
  })

  test('a former member, once the action is somebody else’s', async () => {
    await giveTo(people.stranger)
    expect(await follow(people.finance)).toEqual({ token: 'expired', stillEntitled: true })
    await leaveFinance()
    expect(await follow(people.finance)).toEqual({ token: 'expired', stillEntitled: false })
  })

  test('a former member who is asked in person', async () => {
    await leaveFinance()
    await giveTo(people.stranger)
    await giveTo(people.finance)
    expect(await follow(people.finance)).toEqual({ token: 'valid', stillEntitled: true })
  })
})
