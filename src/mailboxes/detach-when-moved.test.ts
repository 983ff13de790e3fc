import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import { describeOnBothDatabases } from '../../test/support/databases.ts'
import {
  mailboxSettings,
  openSampleApi,
  people,
  purchase,
  type SampleApi,
} from '../../test/support/sample-api.ts'
import { identifyPlace } from '../store/identify-place.ts'
import type { Store } from '../store/store.ts'
import { detachWhenMoved } from './detach-when-moved.ts'
import { mayBeCalled } from './note-trouble.ts'
import { pauseMailbox, resumeMailbox } from './pause-mailbox.ts'
import { reattachMailbox } from './reattach-mailbox.ts'
import { saveMailbox } from './save-mailbox.ts'
import { mailboxForm } from './settings.ts'

const copyOf = (remoteApproval: object) => mailboxForm.parse({ ...mailboxSettings, remoteApproval })

describeOnBothDatabases('a database that lives in another place than before', (open) => {
  let store: Store
  let api: SampleApi
  beforeEach(async () => {
    store = await open()
    api = await openSampleApi(store)
    expect(await detachWhenMoved(api.context, 'here')).toBe(false)
    return () => api.close()
  })

  const main = () => api.context.db.selectFrom('mailbox').selectAll().executeTakeFirstOrThrow()
  const mail = () => api.context.db.selectFrom('outboundMessage').selectAll().executeTakeFirstOrThrow()

  test('has its mailboxes detached, once, whoever starts first', async () => {
    expect(await detachWhenMoved(api.context, 'here')).toBe(false)
    expect((await main()).state).toBe('running')
    const starts = ['there', 'there', 'there'].map((place) => detachWhenMoved(api.context, place))
    expect((await Promise.all(starts)).sort()).toEqual([false, false, true])
    const row = await main()
    expect(row).toMatchObject({ state: 'detached', trouble: { providerCode: 'detached' } })
    expect(mayBeCalled(api.context, row, 'receive')).toBe(false)
    expect(mayBeCalled(api.context, row, 'send')).toBe(false)
  })

  test('is taken up by a word of an administrator only', async () => {
    await detachWhenMoved(api.context, 'there')
    const refused = { code: 'mailbox-detached' }
    await expect(saveMailbox(api.context, 'main', copyOf({ enabled: false }))).rejects.toMatchObject(refused)
    await expect(
      saveMailbox(api.context, 'main', copyOf({ instance: 'COUNTERSIGN', redirectAllTo: people.stranger })),
    ).rejects.toMatchObject(refused)
    await expect(pauseMailbox(api.context, 'main', null)).rejects.toMatchObject(refused)
    await expect(resumeMailbox(api.context, 'main', null)).rejects.toMatchObject(refused)
    expect((await main()).state).toBe('detached')
    await expect(reattachMailbox(api.context, 'none', { since: null })).rejects.toMatchObject({
      code: 'mailbox-not-found',
    })
    await reattachMailbox(api.context, 'main', { since: new Date(0) })
    const { state, readFrom, startFrom } = await main()
    // Never before the mailbox was attached at all.
    expect({ state, readFrom }).toEqual({ state: 'running', readFrom: startFrom })
  })

  test('as a copy leaves to the original what is the original’s', async () => {
    const requester = await api.tokenFor(people.requester)
    await api.call(requester, 'POST', '/api/requests', { process: 'purchase', data: purchase })
    await api.context.db
      .updateTable('outboundMessage')
      .set({ state: 'unknown', messageId: '<the-original@contoso.example>', sendingSince: new Date() })
      .execute()
    const { id: mailboxId } = await main()
    const failure = { attempts: 1, nextAttemptAt: null, error: JSON.stringify({ code: 'x', message: 'x' }) }
    const failed = {
      id: (await mail()).id,
      mailboxId,
      providerId: 'a',
      receivedAt: null,
      firstFailedAt: new Date(),
    }
    await api.context.db
      .insertInto('failedFetch')
      .values({ ...failed, ...failure })
      .execute()

    await detachWhenMoved(api.context, 'there')
    const { notes } = await saveMailbox(
      api.context,
      'main',
      copyOf({ instance: 'test', redirectAllTo: people.stranger }),
    )
    expect(notes).toContain('instance-changed')
    expect((await main()).state).toBe('running')
    expect(await mail()).toMatchObject({ state: 'waiting', messageId: null })
    expect(await api.context.db.selectFrom('failedFetch').select('id').execute()).toEqual([])
  })

  test('is told by what a dump makes anew, and by nothing that stays', async () => {
    const place = () => identifyPlace(store, '/nowhere')
    if (store.kind === 'pglite') return expect(await place()).toBeNull()
    const before = await place()
    expect(before).toMatch(/^postgresql:\d+:\d+:\d+$/)
    expect(await place()).toBe(before)
    await sql`alter table installation rename to before`.execute(store.db)
    await sql`create table installation (like before including all)`.execute(store.db)
    expect(await place()).not.toBe(before)
  })
})
