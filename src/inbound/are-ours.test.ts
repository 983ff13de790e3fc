import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { describeOnBothDatabases } from '../../test/support/databases.ts'
import { openSampleApi, people, purchase } from '../../test/support/sample-api.ts'
import { buildReplyAddress, buildSubjectTag } from '../lib/reply-token.ts'
import type { MessageHead } from '../mail/mailbox.ts'
import type { Context } from '../store/context.ts'
import { areOurs } from './are-ours.ts'

const nothing: MessageHead = { subject: 'Lunch?', references: [], recipients: [], itemClass: 'IPM.Note' }

describeOnBothDatabases('which messages are ours', (open) => {
  let context: Context
  let token: string
  let mailboxId: string

  beforeAll(async () => {
    const api = await openSampleApi(await open())
    context = api.context
    const requester = await api.tokenFor(people.requester)
    await api.call(requester, 'POST', '/api/requests', { process: 'purchase', data: purchase })
    const { nonce, keyId } = await context.db
      .selectFrom('replyToken')
      .select(['nonce', 'keyId'])
      .executeTakeFirstOrThrow()
    token = context.keys.replyToken(nonce, keyId)
    const mailbox = await context.db.selectFrom('mailbox').select('id').executeTakeFirstOrThrow()
    mailboxId = mailbox.id
    return () => api.close()
  })

  const tagged = (code: string) => ({
    ...nothing,
    subject: `RE: x ${buildSubjectTag({ request: 1, action: 1, token: code })}`,
  })

  test('those with a token that was given out, each judged by itself', async () => {
    const recipients = [buildReplyAddress('approvals@contoso.example', token)]
    expect(
      await areOurs(context, mailboxId, [nothing, tagged(token), { ...nothing, recipients }, nothing]),
    ).toEqual([false, true, true, false])
  })

  test.each([
    ['a plus-address of somebody else', { recipients: ['sales+newsletterupdate@fabrikam.example'] }],
    ['a token that was guessed', { subject: '[#42-7-abcdefghijklmnop]' }],
    ['a token of another installation', { references: ['<countersign.abcdefghijklmnop.1@contoso.example>'] }],
    ['a read receipt', { itemClass: 'REPORT.IPM.Note.IPNRN' }],
    ['a provider without classes', { itemClass: null }],
  ])('not %s', async (_, head) => {
    expect(await areOurs(context, mailboxId, [{ ...nothing, ...head }])).toEqual([false])
  })

  test('a report that a mail has failed or is late, which tells inside only what it is about', async () => {
    const heads = ['NDR', 'Delayed', 'DR'].map((kind) => ({
      ...nothing,
      itemClass: `REPORT.IPM.Note.${kind}`,
    }))
    expect(await areOurs(context, mailboxId, heads)).toEqual([true, true, false])
  })

  test('none that another instance of the installation gave out: they are its own', async () => {
    const rename = (instance: string) =>
      context.db
        .updateTable('mailbox')
        .set({ settings: sql`(settings::jsonb || jsonb_build_object('instance', ${instance}::text))::json` })
        .execute()
    await rename('test')
    expect(await areOurs(context, mailboxId, [tagged(token)])).toEqual([false])
    await rename('countersign')
    expect(await areOurs(context, mailboxId, [tagged(token)])).toEqual([true])
  })

  test('a page of heads with more look-alikes than a statement has parameters', async () => {
    const references = Array.from(
      { length: 1_000 },
      (_, index) => `<countersign.${'a'.repeat(15)}${'abcdefgh'[index % 8]}.${index}@contoso.example>`,
    )
    const recipients = Array.from({ length: 1_000 }, (_, index) => {
      const letters = index
        .toString(8)
        .padStart(4, '0')
        .replace(/./g, (digit) => 'abcdefgh'[Number(digit)] ?? '')
      return `sales+newsletter${letters}@fabrikam.example`
    })
    const heads = Array.from({ length: 100 }, () => ({ ...nothing, references, recipients }))
    expect(await areOurs(context, mailboxId, [...heads, tagged(token)])).toEqual([
      ...heads.map(() => false),
      true,
    ])
  })
})
