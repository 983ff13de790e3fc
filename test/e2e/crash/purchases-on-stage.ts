import { expect } from 'vitest'
import { approvals, elodie, thomas } from '../../support/contoso.ts'
import type { Mail } from '../../support/desk.ts'
import { eventually } from '../../support/eventually.ts'
import type { Stage } from './open-stage.ts'

export interface Asked {
  number: number
  mail: Mail
}

/** Purchases on a stage: asked about before a server dies, looked at afterwards. */
export interface PurchasesOnStage {
  /** Files so many at once, and waits for Élodie's mails. */
  askElodie(count: number): Promise<Asked[]>
  /** Of all requests that there are. */
  numbers(): Promise<number[]>
  /** The mails about a request in a folder of the simulated company. */
  mailsAbout(number: number, address: string, folder?: string): Promise<unknown[]>
  /** Decided once by Élodie, her reply put aside, and Thomas asked once. */
  expectDecidedOnce(number: number): Promise<void>
  /** Every audit chain verifies. */
  expectSoundHistory(): Promise<void>
}

export function purchasesOn(stage: Stage): PurchasesOnStage {
  const { contoso } = stage

  const mailsAbout: PurchasesOnStage['mailsAbout'] = async (number, address, folder = 'Inbox') =>
    (await contoso.mails(address, folder)).filter(({ subject }) => subject.includes(`[#${number}-`))

  return {
    async askElodie(count) {
      const numbers = await Promise.all(Array.from({ length: count }, () => stage.desk.filePurchase()))
      return Promise.all(
        numbers.map(async (number) => ({ number, mail: await stage.desk.mail(number, 'approval', elodie) })),
      )
    },
    async numbers() {
      const page = await stage.desk.api.get<{ items: { id: number }[] }>('/api/requests?limit=200')
      return page.items.map(({ id }) => id)
    },
    mailsAbout,
    async expectDecidedOnce(number) {
      expect(await stage.desk.inbound(number, 1)).toMatchObject([{ outcome: 'decided' }])
      const { actions, timeline } = await stage.desk.request(number)
      expect(actions).toMatchObject([
        { decision: { result: 'YES', by: { address: elodie.address } } },
        { status: 'open', decision: null },
      ])
      expect(timeline.filter((entry) => entry.kind === 'action-decided')).toHaveLength(1)
      await eventually(async () => {
        expect(await mailsAbout(number, approvals)).toEqual([])
        expect(await mailsAbout(number, approvals, 'Inbox/Processed')).toHaveLength(1)
      })
      await stage.desk.mail(number, 'approval', thomas)
      expect(await mailsAbout(number, elodie.address)).toHaveLength(1)
      expect(await mailsAbout(number, thomas.address)).toHaveLength(1)
    },
    async expectSoundHistory() {
      expect(await stage.desk.audit()).toMatchObject({ ok: true, broken: [], checkpoints: { broken: [] } })
    },
  }
}
