/** What organisations put below every mail is learned by evidence, listed for the administrator, and switched off by them. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { chromiumMissing, desktop, expectSound, phone } from '../support/browse.ts'
import { elodie, nadia, type Person, thomas } from '../support/contoso.ts'
import { type PagesUnderTest, startPages } from '../support/start-pages.ts'

const DAY_MS = 24 * 60 * 60 * 1_000

describe('learned footers', () => {
  let pages: PagesUnderTest
  beforeAll(async () => {
    if (chromiumMissing !== null) return
    pages = await startPages()
  }, 120_000)
  afterAll(async () => {
    await pages?.[Symbol.asyncDispose]()
  })
  beforeEach(({ skip }) => {
    if (chromiumMissing !== null) skip(chromiumMissing)
  })

  /** Somebody is asked for a new position, and answers with these lines below. */
  async function answer(head: Person, footers: string[]): Promise<void> {
    const { desk } = pages
    const { id } = await desk.api.post<{ id: number }>('/api/requests', {
      process: 'hire',
      requester: head === elodie ? thomas.address : elodie.address,
      data: {
        ...{ position: 'Analyst', department: 'Finance', contract: 'permanent', headcount: 1 },
        ...{ startDate: '2027-03-01', departmentHead: head.address },
      },
    })
    await desk.reply(await desk.mail(id, 'approval', head), `Q1: [YES]\n\n${footers.join('\n')}`)
    await desk.inbound(id, 1)
  }

  test('are listed with what tells of them, and switched off and on, in both languages', async () => {
    await using browsing = await pages.browseAsOperator({ locale: 'en-GB' })
    const { page } = browsing
    await page.goto('/mail')
    await page.getByRole('link', { name: 'Learned footers' }).click()
    await page.getByRole('heading', { name: 'No footer has been learned yet' }).waitFor()
    await expectSound(browsing, 'footers-empty-en', [desktop, phone])

    const address = 'Contoso SA, 12 rue du Lac, 1204 Genève'
    const slogan = 'Contoso, only the best for your office since 1987'
    for (const head of [nadia, elodie, thomas]) await answer(head, [slogan, address])
    await pages.contoso.setClock(DAY_MS)
    for (const head of [nadia, thomas]) await answer(head, [slogan, address])

    await page.reload()
    const learned = page.getByRole('row').filter({ hasText: address })
    await learned.getByText('3 people, 5 replies').waitFor()
    await learned.getByText('Taken off replies').waitFor()
    const proposed = page.getByRole('row').filter({ hasText: slogan })
    await proposed.getByText('Waits for you').waitFor()
    await expectSound(browsing, 'footers-en', [desktop, phone])
    await learned.getByRole('button', { name: `Leave in replies: ${address}` }).click()
    await learned.getByText('Left in replies').waitFor()
    await learned.getByRole('button', { name: `Take off replies: ${address}` }).click()
    await learned.getByText('Switched on').waitFor()
    await proposed.getByRole('button', { name: `Take off replies: ${slogan}` }).click()
    await proposed.getByText('Switched on').waitFor()

    await using french = await pages.browseAsOperator({ locale: 'fr-FR' })
    await french.page.goto('/mail/footers')
    await french.page.getByText('Activée').first().waitFor()
    await expectSound(french, 'footers-fr', [desktop, phone])
    await french.page.getByRole('link', { name: address }).click()
    await french.page.waitForURL(/\/mail\/[0-9a-f-]{36}$/)
    expect(await french.page.getByRole('main').textContent()).toContain(address)
  }, 240_000)
})
