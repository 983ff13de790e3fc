import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { elodie } from '../support/contoso.ts'
import type { Seam } from './crash/die-at.ts'
import { missing, openStage, type Stage } from './crash/open-stage.ts'
import { type Asked, type PurchasesOnStage, purchasesOn } from './crash/purchases-on-stage.ts'

/** Either server may take a job: after so many the one that is to die has had its turn. */
const MOST_REPLIES = 20

/** Each is a step that the other server must finish. */
const seams: [string, Seam][] = [
  ['after it has stored replies, before they are settled', { milestone: 'messages-stored' }],
  ['inside the transaction, with the decision written', { milestone: 'decision-written' }],
  ['after a decision is committed, its job not done', { milestone: 'reply-acted-on' }],
  ['after the mailbox has the mail, before *sent*', { milestone: 'mails-handed-over' }],
]

const reason = missing('PostgreSQL')
describe.skipIf(reason)(
  `kill -9 of one of two servers on one PostgreSQL${reason ? `: ${reason}` : ''}`,
  () => {
    let stage: Stage
    let purchases: PurchasesOnStage
    beforeAll(async () => {
      stage = await openStage('PostgreSQL')
      purchases = purchasesOn(stage)
    })
    afterAll(() => stage?.close())

    test.each(seams)('%s: the other one goes on, and every reply decides exactly once', async (_, seam) => {
      await stage.startAnother()
      const asked = await purchases.askElodie(MOST_REPLIES)
      let hasDied = false
      const death = stage.arm(seam).finally(() => {
        hasDied = true
      })
      const answered: Asked[] = []
      for (const one of asked) {
        if (hasDied) break
        answered.push(one)
        await stage.desk.reply(one.mail, 'Oui')
        await Promise.race([death, stage.desk.inbound(one.number, 1)])
      }
      await stage.failOver()

      for (const { number } of answered) await purchases.expectDecidedOnce(number)
      for (const { number } of asked) {
        expect(await purchases.mailsAbout(number, elodie.address)).toHaveLength(1)
      }
      await purchases.expectSoundHistory()
    })
  },
)
