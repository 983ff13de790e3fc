import { afterAll, beforeAll, expect, test } from 'vitest'
import { anna, approvals, type Contoso, elodie, startContoso } from '../support/contoso.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { type Mail, type OutboundView, setUp } from '../support/desk.ts'
import { eventually } from '../support/eventually.ts'
import {
  copyPlace,
  newPlace,
  type Place,
  type Running,
  removePlace,
  startAt,
} from '../support/installation.ts'

const remoteApproval = { pollIntervalSeconds: 5 }
/** Of several starts on a busy machine. */
const SLOW_MS = 300_000

interface Mailbox {
  state: string
  trouble: { code: string; message: string } | null
  reattachment: { endedAt: string | null; unknownMails: number } | null
}

const mailboxOf = async ({ api }: Running): Promise<Mailbox | undefined> =>
  (await api.get<{ items: Mailbox[] }>('/api/mailboxes')).items[0]

const firstAction = async (running: Running, number: number) => (await running.request(number)).actions[0]

/** The approval e-mails to Élodie about a request that came into her mailbox. */
async function asked(contoso: Contoso, mail: OutboundView | undefined): Promise<number> {
  const inbox = await contoso.mails(elodie.address)
  return inbox.filter(({ internetMessageId }) => internetMessageId?.includes(`.${mail?.id}@`)).length
}

describeOnBothDatabases('a database that was restored from a backup', (open) => {
  let contoso: Contoso
  const places: Place[] = []
  let original: Running
  /** Of the backup: answered before it was taken, answered after, and still waiting to be sent. */
  let known = 0
  let answeredSince = 0
  let waiting = 0
  let restored: Place
  let copied: Place

  const remember = (place: Place) => {
    places.push(place)
    return place
  }

  beforeAll(async () => {
    contoso = await startContoso()
    const place = remember(await newPlace(await open()))
    original = await startAt(place, contoso)
    await setUp(original.api, contoso, { remoteApproval })
    known = await original.filePurchase()
    answeredSince = await original.filePurchase()
    const later = await original.mail(answeredSince, 'approval', elodie)
    await original.reply(await original.mail(known, 'approval', elodie), 'Oui')
    await original.inbound(known, 1)
    await original.close()
    const idle = await startAt(place, contoso, { jobs: false })
    waiting = await idle.filePurchase()
    await idle.close()
    restored = remember(await copyPlace(place))
    copied = remember(await copyPlace(place))

    original = await startAt(place, contoso)
    const sent = await original.mail(waiting, 'approval', elodie)
    const lost = await original.filePurchase()
    const unknown = await original.mail(lost, 'approval', elodie)
    for (const mail of [later, sent, unknown]) await original.reply(mail, 'Oui')
    for (const number of [answeredSince, waiting, lost]) await original.inbound(number, 1)
  }, SLOW_MS)
  afterAll(async () => {
    await contoso?.close()
    for (const place of places) await removePlace(place)
  })

  test('as a copy touches nothing of the original, nor the original anything of the copy', {
    timeout: SLOW_MS,
  }, async () => {
    const copy = await startAt(copied, contoso)
    try {
      expect(await mailboxOf(copy)).toMatchObject({ state: 'detached', trouble: { code: 'detached' } })
      for (const half of [{}, { instance: 'test' }, { redirectAllTo: anna.address }]) {
        const form = contoso.mailboxForm({ ...remoteApproval, ...half })
        await expect(copy.api.put('/api/mailboxes/approvals', form)).rejects.toMatchObject({
          code: 'mailbox-detached',
        })
      }
      const test = { ...remoteApproval, instance: 'test', redirectAllTo: anna.address }
      const saved = await copy.api.put<{ notes: string[] }>(
        '/api/mailboxes/approvals',
        contoso.mailboxForm(test),
      )
      expect(saved.notes).toContainEqual(expect.stringContaining('The instance was changed'))

      // What waited goes out as a test, and to nobody else.
      const [mail] = await eventually(async () => {
        const found = (await contoso.mails(anna.address)).filter(({ subject }) =>
          subject.startsWith('[TEST]'),
        )
        expect(found).toHaveLength(1)
        return found
      })
      const [written] = await original.outbound(waiting)
      expect(await asked(contoso, written)).toBe(1)

      // Answered in the mailbox that both look into: each takes its own.
      const number = await original.filePurchase()
      const ours = await original.mail(number, 'approval', elodie)
      const raw = await contoso.raw(anna.address, mail?.id ?? '')
      const theirs: Mail = { ...ours, raw, owner: elodie }
      await original.reply(theirs, 'Oui')
      await original.reply(ours, 'Oui')
      const [decided] = await original.inbound(number, 1)
      expect(decided).toMatchObject({ outcome: 'decided' })
      const [taken] = await copy.inbound(waiting, 1)
      expect(taken).toMatchObject({ outcome: 'decided' })
      expect(await firstAction(copy, answeredSince)).toMatchObject({ status: 'open' })
      expect(await original.inbound(waiting, 1)).toHaveLength(1)
      await eventually(async () => expect(await contoso.mails(approvals)).toEqual([]))
    } finally {
      await copy.close()
    }
  })

  test('acts again once it is reattached, and takes in what it missed', { timeout: SLOW_MS }, async () => {
    await original.close()
    const again = await startAt(restored, contoso)
    try {
      const mailbox = await mailboxOf(again)
      expect(mailbox).toMatchObject({ state: 'detached' })
      expect(mailbox?.trouble?.message).toContain('countersign mailbox reattach approvals')
      const health = await fetch(`${again.url}/health/ready`, { headers: { 'accept-language': 'fr' } })
      expect(health.status).toBe(503)
      expect(await health.text()).toContain('détachée')
      expect((await again.api.get<{ items: object[] }>('/api/notices')).items).toMatchObject([
        { kind: 'mailbox-down', code: 'detached' },
      ])
      const [mail] = await again.outbound(waiting)
      expect(mail).toMatchObject({ state: 'waiting' })

      await again.api.post('/api/mailboxes/approvals/reattach', {})
      for (const number of [answeredSince, waiting]) {
        const [message] = await again.inbound(number, 1)
        expect(message).toMatchObject({ folder: 'processed', outcome: 'decided' })
      }
      expect(await again.inbound(known, 1)).toMatchObject([{ outcome: 'decided' }])
      await eventually(async () =>
        expect((await again.outbound(waiting))[0]).toMatchObject({ id: mail?.id, state: 'sent' }),
      )
      expect(await asked(contoso, mail)).toBe(1)
      await eventually(async () =>
        expect(await mailboxOf(again)).toMatchObject({
          state: 'running',
          trouble: null,
          // To the mail that is lost, to the copy's, and to the one that was answered beside it.
          reattachment: { endedAt: expect.any(String), unknownMails: 3 },
        }),
      )
      expect(await again.audit()).toMatchObject({ ok: true, broken: [] })
    } finally {
      await again.close()
    }
  })
})
