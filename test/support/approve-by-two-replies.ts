import { expect } from 'vitest'
import { elodie, nadia, thomas } from './contoso.ts'
import { ourMailbox } from './desk.ts'
import { eventually } from './eventually.ts'
import type { Product } from './start-product.ts'

/**
 * A purchase from the form to the last mail, over whatever mailbox the product has: both approvers reply, each reply is
 * accepted, decided and put aside, and the requester is told. Returns the number of the request.
 */
export async function approveByTwoReplies(product: Product): Promise<number> {
  const number = await product.filePurchase()
  await product.reply(await product.mail(number, 'approval', elodie), 'Oui\n\nAvant le 15, merci.')
  await product.inbound(number, 1)
  const finance = await product.mail(number, 'approval', thomas)
  await product.reply(finance, 'Approved', { style: 'outlook', locale: 'en' })
  const verdict = { verdict: 'accepted', reasons: [{ code: 'internal-mail' }] }
  expect(await product.inbound(number, 2)).toMatchObject([
    { outcome: 'decided', decision: { comment: 'Avant le 15, merci.' }, verdict },
    { outcome: 'decided', decision: { result: 'YES' }, verdict },
  ])
  expect(await product.request(number)).toMatchObject({ status: 'completed', ending: 'approved' })
  await product.mail(number, 'request-closed', nadia)
  await eventually(async () => expect(await ourMailbox(product.contoso)).toMatchObject({ inbox: 0 }))
  return number
}
