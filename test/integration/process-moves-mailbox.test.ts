import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importProcess } from '../../src/approvals/commands/import-process.ts'
import { processInbound } from '../../src/inbound/process.ts'
import { receive } from '../../src/jobs/receive.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { type JobFloor, openJobFloor } from '../support/open-job-floor.ts'
import { people } from '../support/sample-api.ts'
import { sendOutbound } from '../support/send-outbound.ts'

const { signal } = new AbortController()
const addresses = { main: 'approvals@contoso.example', second: 'thomas.berger@contoso.example' }

describeOnBothDatabases('a process that moves to another mailbox', (open) => {
  let floor: JobFloor
  beforeAll(async () => {
    floor = await openJobFloor(await open())
  })
  afterAll(() => floor?.close())

  /** A purchase whose approval e-mail is sent: the mailbox it came from, and the token in it. */
  async function ask() {
    const { requestId, mailId } = await floor.write()
    await sendOutbound(floor.context, floor.mailboxes, [mailId], signal)
    const { messageId, mailboxId, state } = await floor.mail(mailId)
    expect(state).toBe('sent')
    return { requestId, mailboxId, token: /countersign\.([a-z2-7]{16})\./.exec(messageId ?? '')?.[1] ?? '' }
  }

  /** The manager says yes, by a mail to this address. */
  async function reply(token: string, { to, mailboxId }: { to: string; mailboxId: string }): Promise<void> {
    const head = [`From: ${people.manager}`, `To: ${to}`, `Subject: RE: Purchase [#1-1-${token}]`]
    await floor.tenant.deliver(to, [...head, '', 'Yes'].join('\r\n'))
    await receive(floor.context, floor.mailboxes, mailboxId, signal)
    await processInbound(floor.context, await floor.takeJobs('process-inbound'))
  }

  const decided = async (requestId: number) =>
    (
      await floor.context.db
        .selectFrom('decision')
        .innerJoin('action', 'action.id', 'decision.actionId')
        .select('decision.result')
        .where('action.requestId', '=', requestId)
        .execute()
    ).length

  test('leaves what was asked to the old one, where it is answered, and asks from the new one', async () => {
    const secondId = await floor.saveMailbox('second', addresses.second)
    const old = await ask()
    expect(old.mailboxId).toBe(floor.mailboxId)
    const definition = readFileSync('examples/processes/purchase.yaml', 'utf8')
    await importProcess(floor.context, { definition, mailbox: 'second' })
    const young = await ask()
    expect(young.mailboxId).toBe(secondId)

    await reply(old.token, { to: addresses.main, mailboxId: floor.mailboxId })
    expect([await decided(old.requestId), await decided(young.requestId)]).toEqual([1, 0])
    await reply(young.token, { to: addresses.second, mailboxId: secondId })
    expect([await decided(old.requestId), await decided(young.requestId)]).toEqual([1, 1])

    const next = await floor.context.db
      .selectFrom('outboundMessage')
      .select(['requestId', 'mailboxId'])
      .where('kind', '=', 'approval')
      .where('state', '=', 'waiting')
      .orderBy('requestId')
      .execute()
    expect(next).toEqual([
      { requestId: old.requestId, mailboxId: floor.mailboxId },
      { requestId: young.requestId, mailboxId: secondId },
    ])
  })
})
