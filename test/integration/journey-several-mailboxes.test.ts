import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createQueue, type Queue } from '../../src/jobs/queue.ts'
import { type RunningJobs, startJobs } from '../../src/jobs/start-jobs.ts'
import { createLog } from '../../src/lib/log.ts'
import type { MailboxSettings } from '../../src/lib/mailbox-settings.ts'
import { type SimulatedTenant, startSimulatedTenant } from '../contract/simulated-tenant.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { eventually } from '../support/eventually.ts'
import { type JobFloor, openJobFloor } from '../support/open-job-floor.ts'
import { people } from '../support/sample-api.ts'

const HANGING = 5
const user = 'approvals@contoso.example'

describeOnBothDatabases('several mailboxes', (open) => {
  let floor: JobFloor
  let queue: Queue
  let jobs: RunningJobs | undefined
  /** Takes every request and answers none. */
  let silent: Server
  let asked = 0
  let throttled: SimulatedTenant
  beforeEach(async () => {
    const store = await open()
    floor = await openJobFloor(store)
    queue = await createQueue({ store, log: createLog('silent') })
    asked = 0
    silent = createServer(() => {
      asked += 1
    }).listen(0, '127.0.0.1')
    await once(silent, 'listening')
    throttled = await startSimulatedTenant()
  })
  afterEach(async () => {
    silent?.closeAllConnections()
    await (jobs ?? queue)?.stop()
    jobs = undefined
    silent?.close()
    await throttled?.close()
    await floor?.close()
  })

  /** A mailbox like `main` but for these settings, with a mail that waits in it; returns its id. */
  async function mailboxWith(name: string, settings: Partial<MailboxSettings> | object, secret?: string) {
    const id = await floor.saveMailbox(name, user, secret)
    const row = await floor.mailbox(id)
    await floor.context.db
      .updateTable('mailbox')
      .set({ settings: JSON.stringify({ ...row.settings, ...settings }) })
      .where('id', '=', id)
      .execute()
    const { mailId } = await floor.write()
    await floor.context.db
      .updateTable('outboundMessage')
      .set({ mailboxId: id })
      .where('id', '=', mailId)
      .execute()
    return id
  }

  test('of which five hang, one is throttled and one has a wrong secret do not slow the others', async () => {
    const { port } = silent.address() as AddressInfo
    const tokenEndpoint = `http://127.0.0.1:${port}/contoso/oauth2/v2.0/token`
    for (let number = 1; number <= HANGING; number += 1)
      await mailboxWith(`silent-${number}`, { tokenEndpoint })
    const { host, caPem, tokenEndpoint: itsEndpoint } = throttled
    const busyId = await mailboxWith('busy', { host, extraCa: caPem, tokenEndpoint: itsEndpoint })
    const busy = { code: 'ErrorServerBusy', backOffMilliseconds: 300_000 }
    for (const operation of ['SyncFolderItems', 'CreateItem']) {
      await throttled.fault(operation, ...Array.from({ length: 20 }, () => busy))
    }
    const wrongId = await mailboxWith('wrong', {}, 'not-the-secret')
    const { mailId } = await floor.write()
    jobs = await startJobs({
      context: floor.context,
      mailboxes: floor.mailboxes,
      queue,
      signingKey: null,
      isOnlyProcess: true,
      outageWebhook: null,
      publicUrl: null,
    })
    await eventually(async () => {
      expect(asked).toBeGreaterThanOrEqual(HANGING)
      expect(await floor.mailbox(busyId)).toMatchObject({ trouble: { providerCode: 'ErrorServerBusy' } })
      expect(await floor.mailbox(wrongId)).toMatchObject({ state: 'paused' })
      expect(await floor.mail(mailId)).toMatchObject({ state: 'sent' })
    })

    const { messageId, requestId } = await floor.mail(mailId)
    const token = /\.([a-z2-7]{16})\./.exec(messageId ?? '')?.[1]
    const reply = [
      `From: ${people.manager}`,
      `To: ${user}`,
      `In-Reply-To: ${messageId}`,
      `Subject: RE: Purchase [#1-1-${token}]`,
    ]
    await floor.tenant.deliver(user, [...reply, '', 'Yes'].join('\r\n'))
    await eventually(async () => {
      const mails = await floor.context.db
        .selectFrom('outboundMessage')
        .select('state')
        .where('requestId', '=', requestId)
        .execute()
      // The manager's, and the next approver's.
      expect(mails.map(({ state }) => state)).toEqual(['sent', 'sent'])
    })
    const open = await new Promise<number>((resolve) => silent.getConnections((_, count) => resolve(count)))
    expect(open).toBeGreaterThanOrEqual(HANGING)
  })
})
