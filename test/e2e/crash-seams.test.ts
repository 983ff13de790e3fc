import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { elodie } from '../support/contoso.ts'
import type { Seam } from './crash/die-at.ts'
import { type DatabaseKind, missing, openStage, type Stage } from './crash/open-stage.ts'
import { type PurchasesOnStage, purchasesOn } from './crash/purchases-on-stage.ts'

/** Enough that some are before the seam, some at it and some behind it. */
const AT_ONCE = 3

/** Between the mailbox and what is made of a reply. */
const incoming: [string, Seam][] = [
  ['after replies are fetched, before they are stored', { milestone: 'messages-fetched' }],
  ['after replies are stored, before they are settled', { milestone: 'messages-stored' }],
  ['after the call that settles, before its outcome is kept', { milestone: 'messages-settled' }],
  ['after the outcome of settling is kept', { milestone: 'settle-kept' }],
  ['after a reply is understood, before its transaction', { milestone: 'reply-understood' }],
  ['inside the transaction, with the decision written', { milestone: 'decision-written' }],
  ['inside the transaction, with the next mail written', { milestone: 'mails-written' }],
  [
    'after the second decision of three is committed, its job not done',
    { milestone: 'reply-acted-on', nth: 2 },
  ],
]

/** Between a request and the mail that asks. */
const outgoing: [string, Seam][] = [
  ['inside the transaction, with the mail written', { milestone: 'mails-written', nth: AT_ONCE }],
  ['after *sending* is committed, before the call', { milestone: 'mails-claimed' }],
  ['after the mailbox has the mail, before *sent*', { milestone: 'mails-handed-over' }],
  ['after *sent* is committed, its job not done', { milestone: 'mails-settled' }],
]

const isInTransaction = ({ milestone }: Seam) => milestone === 'mails-written'

// A death, a start and several waits of their own bounds, on a machine that may do other things.
vi.setConfig({ testTimeout: 180_000 })

for (const kind of ['PGlite', 'PostgreSQL'] satisfies DatabaseKind[]) {
  const reason = missing(kind)
  describe.skipIf(reason)(`kill -9 of the server (${kind}${reason ? `: ${reason}` : ''})`, () => {
    let stage: Stage
    let purchases: PurchasesOnStage
    beforeAll(async () => {
      stage = await openStage(kind)
      purchases = purchasesOn(stage)
    })
    afterAll(() => stage?.close())

    test.each(incoming)('%s: every reply decides exactly once', async (_, seam) => {
      const asked = await purchases.askElodie(AT_ONCE)
      stage.arm(seam)
      for (const { mail } of asked) await stage.desk.reply(mail, 'Oui')
      await stage.restart()

      for (const { number } of asked) await purchases.expectDecidedOnce(number)
      await purchases.expectSoundHistory()
    })

    test.each(outgoing)('%s: every mail goes out exactly once', async (_, seam) => {
      const before = await purchases.numbers()
      stage.arm(seam)
      const filed = await Promise.allSettled(Array.from({ length: AT_ONCE }, stage.desk.filePurchase))
      await stage.restart()

      const answered = filed.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
      // Also those that were committed, and whose answer the death cut off.
      const numbers = (await purchases.numbers()).filter((number) => !before.includes(number))
      expect(numbers).toEqual(expect.arrayContaining(answered))
      if (isInTransaction(seam)) expect(numbers.length).toBeLessThan(AT_ONCE)
      else expect(numbers).not.toEqual([])
      for (const number of numbers) {
        await stage.desk.mail(number, 'approval', elodie)
        expect(await purchases.mailsAbout(number, elodie.address)).toHaveLength(1)
      }
      await purchases.expectSoundHistory()
    })
  })
}
