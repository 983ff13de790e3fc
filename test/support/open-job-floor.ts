/** The product's jobs by hand, on the simulated tenant: the test says which of them runs, and what time it is. */
import { storeMessages } from '../../src/inbound/store-messages.ts'
import { after } from '../../src/lib/clock.ts'
import { createLog, type Log } from '../../src/lib/log.ts'
import { type OpenMailboxes, openMailboxes } from '../../src/mailboxes/open-mailboxes.ts'
import { saveMailbox } from '../../src/mailboxes/save-mailbox.ts'
import { mailboxForm } from '../../src/mailboxes/settings.ts'
import { openAdapter } from '../../src/open-adapter.ts'
import type { JobName } from '../../src/store/enqueue.ts'
import type { Store } from '../../src/store/store.ts'
import { type SimulatedTenant, startSimulatedTenant } from '../contract/simulated-tenant.ts'
import { mailboxSettings, openSampleApi, people, purchase, type SampleApi } from './sample-api.ts'

export interface JobFloor extends SampleApi {
  tenant: SimulatedTenant
  mailboxes: OpenMailboxes
  /** The mailbox `main`, which is `approvals@contoso.example` in the tenant. */
  mailboxId: string
  /** The product's clock, which waits for nobody. */
  now(): Date
  wait(milliseconds: number): void
  /** Saves a mailbox of the tenant with this secret (the right one, when left out); returns its id. */
  saveMailbox(name: string, user: string, clientSecret?: string, remoteApproval?: object): Promise<string>
  /** Files a purchase; returns the number of the request and the id of its waiting approval e-mail. */
  write(): Promise<{ requestId: number; mailId: string }>
  mail(id: string): ReturnType<typeof mailRow>
  mailbox(id?: string): ReturnType<OpenMailboxes['load']>
  /** Stores a message as if the mailbox had given it, in its Inbox; returns its id. */
  store(message: { raw: string; providerId: string; receivedAt?: Date }): Promise<string>
  /** Takes the jobs that are due out of a queue, and returns the ids that they carry. */
  takeJobs(name: JobName): Promise<string[]>
}

export async function openJobFloor(store: Store, log?: Log): Promise<JobFloor> {
  let now = new Date()
  const tenant = await startSimulatedTenant()
  const api = await openSampleApi(store, { clock: () => now, ...(log ? { log } : {}) })
  const { context } = api
  const mailboxes = openMailboxes(context, (settings, secret) =>
    openAdapter(settings, secret, { log: createLog('silent') }),
  )

  async function save(
    name: string,
    user: string,
    clientSecret = tenant.clientSecret,
    remoteApproval: object = {},
  ): Promise<string> {
    const form = mailboxForm.parse({
      mailbox: { ...mailboxSettings.mailbox, user, host: tenant.host, extraCa: tenant.caPem },
      oauth: {
        ...mailboxSettings.oauth,
        clientId: tenant.clientId,
        clientSecret,
        tokenEndpoint: tenant.tokenEndpoint,
      },
      // A test's clock stands still: its mails would all be of one minute.
      remoteApproval: { messagesPerMinute: 10_000, ...remoteApproval },
    })
    return (await saveMailbox(context, name, form)).id
  }

  const mailboxId = await save('main', mailboxSettings.mailbox.user)
  return {
    ...api,
    tenant,
    mailboxes,
    mailboxId,
    now: () => now,
    wait(milliseconds) {
      now = after(now, milliseconds)
    },
    saveMailbox: save,
    async write() {
      const body = { process: 'purchase', data: purchase, requester: people.requester }
      const { id: requestId } = (await api.call(api.operatorToken, 'POST', '/api/requests', body)).body
      const { id: mailId } = await context.db
        .selectFrom('outboundMessage')
        .select('id')
        .where('requestId', '=', requestId)
        .executeTakeFirstOrThrow()
      return { requestId, mailId }
    },
    mail: (id) => mailRow(context, id),
    mailbox: (id = mailboxId) => mailboxes.load(id),
    async store({ raw, providerId, receivedAt = now }) {
      await storeMessages(context, {
        mailboxId,
        messages: [
          {
            providerId,
            folder: 'inbox',
            receivedAt,
            raw: Buffer.from(raw),
            originalOctets: false,
            transportHeaders: null,
            itemClass: 'IPM.Note',
          },
        ],
        failed: [],
        cursor: null,
      })
      const { id } = await context.db
        .selectFrom('inboundMessage')
        .select('id')
        .where('providerId', '=', providerId)
        .executeTakeFirstOrThrow()
      return id
    },
    async takeJobs(name) {
      const { rows } = await store.pool.query<{ data: Record<string, string> }>(
        `delete from pgboss.job
         where name = $1 and state = 'created' and start_after <= greatest(now(), $2::timestamptz)
         returning data`,
        [name, now.toISOString()],
      )
      return rows.flatMap(({ data }) => Object.values(data))
    },
    async close() {
      await mailboxes.close()
      await api.close()
      await tenant.close()
    },
  }
}

function mailRow({ db }: SampleApi['context'], id: string) {
  return db.selectFrom('outboundMessage').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}
