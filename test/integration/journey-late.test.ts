import { afterAll, beforeAll, expect, test } from 'vitest'
import { administrator, anna, elodie, nadia, thomas } from '../support/contoso.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { Refused } from '../support/http-api.ts'
import { type Product, startProduct } from '../support/start-product.ts'

describeOnBothDatabases('an answer that comes second', (open) => {
  let product: Product
  beforeAll(async () => {
    product = await startProduct(await open())
  })
  afterAll(() => product?.close())

  test('of another member of the group is told who decided what, and when', async () => {
    const number = await product.fileHire(thomas)
    await product.reply(await product.mail(number, 'approval', thomas), 'Yes')
    const toElodie = await product.mail(number, 'approval', elodie)
    await product.reply(await product.mail(number, 'approval', anna), 'Complete')
    await product.inbound(number, 2)

    await product.reply(toElodie, 'Incomplet\n\nLe diplôme manque.')
    expect((await product.inbound(number, 3))[2]).toMatchObject({ outcome: 'late', decision: null })
    const told = await product.mail(number, 'late', elodie)
    expect(told.subject).toMatch(/^Déjà décidé :/)
    expect(told.text).toMatch(/Anna Novák a répondu « Complet » le \d{1,2} \S+ \d{4}/)
    expect(told.text).toContain('Votre réponse n’y a rien changé.')
    expect(await product.request(number)).toMatchObject({
      ending: 'open-to-applicants',
      data: { fileDecision: 'COMPLETE' },
    })
  })

  test('of the same person, and says the contrary, changes nothing', async () => {
    const number = await product.filePurchase()
    const asked = await product.mail(number, 'approval', elodie)
    await product.reply(asked, 'Oui')
    await product.inbound(number, 1)
    await product.reply(asked, 'Non\n\nTout compte fait, trop cher.')
    expect((await product.inbound(number, 2))[1]).toMatchObject({ outcome: 'late' })
    const told = await product.mail(number, 'late', elodie)
    expect(told.text).toContain('Vous avez répondu « Approuver »')
    expect(await product.request(number)).toMatchObject({ data: { managerDecision: 'YES' } })
  })

  test('by mail and through the API at once: one decides, the other is told', async () => {
    const portal = await product.signIn(elodie)
    const numbers = [
      await product.filePurchase(),
      await product.filePurchase(),
      await product.filePurchase(),
      await product.filePurchase(),
    ]
    await Promise.all(
      numbers.map(async (number, index) => {
        const asked = await product.mail(number, 'approval', elodie)
        const [action] = (await product.request(number)).actions
        await product.reply(asked, 'Oui')
        // Half of them leave the mail a start, as long as it takes to be fetched.
        if (index % 2 === 0) await product.mail(number, 'approval', elodie)
        const comment = 'au portail'
        const byApi = await portal
          .post(`/api/actions/${action?.id}/decide`, { result: 'NO', comment })
          .catch((error: unknown) => error)
        const [byMail] = await product.inbound(number, 1)

        const { actions, timeline } = await product.request(number)
        expect(timeline.filter(({ kind }) => kind === 'action-decided')).toHaveLength(1)
        if (actions[0]?.decision?.door === 'mail') {
          expect(byMail).toMatchObject({ outcome: 'decided' })
          expect(actions[0].decision.result).toBe('YES')
          expect(byApi).toBeInstanceOf(Refused)
          expect(byApi).toMatchObject({ status: 409, code: 'already-decided' })
        } else {
          expect(actions[0]?.decision).toMatchObject({ door: 'api', result: 'NO', comment })
          expect(byMail).toMatchObject({ outcome: 'late' })
          const told = await product.mail(number, 'late', elodie)
          expect(told.text).toContain('Vous avez répondu « Refuser »')
        }
      }),
    )
    expect(await product.audit()).toMatchObject({ ok: true })
  })

  test('after the request was cancelled is told so, and nobody is left waiting', async () => {
    const number = await product.filePurchase()
    const asked = await product.mail(number, 'approval', elodie)
    await (await product.signIn(nadia)).post(`/api/requests/${number}/cancel`)
    const withdrawn = await product.mail(number, 'action-withdrawn', elodie)
    expect(withdrawn.text).toContain('La demande a été retirée.')

    await product.reply(asked, 'Oui')
    expect(await product.inbound(number, 1)).toMatchObject([{ outcome: 'late', decision: null }])
    expect((await product.mail(number, 'late', elodie)).text).toContain('Votre réponse n’a rien décidé.')
    expect(await product.request(number)).toMatchObject({
      status: 'cancelled',
      actions: [{ status: 'cancelled', decision: null }],
    })
    expect((await product.mail(number, 'request-closed', nadia)).subject).toMatch(/^Demande annulée :/)
  })

  test('after the action was given to somebody else decides nothing; the new assignee’s does', async () => {
    const number = await product.filePurchase()
    const asked = await product.mail(number, 'approval', elodie)
    const [action] = (await product.request(number)).actions
    await (await product.signIn(administrator)).post(`/api/actions/${action?.id}/reassign`, {
      to: thomas.address,
    })
    const toThomas = await product.mail(number, 'approval', thomas)
    expect(toThomas.text).toContain('Do you approve this purchase?')
    expect((await product.mail(number, 'action-withdrawn', elodie)).text).toContain(
      'Thomas Berger s’en charge à votre place.',
    )

    await product.reply(asked, 'Oui')
    expect(await product.inbound(number, 1)).toMatchObject([{ outcome: 'late', decision: null }])
    expect(await product.request(number)).toMatchObject({ actions: [{ status: 'open' }] })

    await product.reply(toThomas, 'Yes')
    expect((await product.inbound(number, 2))[1]).toMatchObject({ outcome: 'decided' })
    expect(await product.request(number)).toMatchObject({
      actions: [{ decision: { result: 'YES', by: { address: thomas.address } } }, { status: 'open' }],
    })
  })
})
