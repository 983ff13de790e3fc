import { expect, test } from 'vitest'
import { openTestPglite } from '../../test/support/databases.ts'
import { purchasesOn } from '../../test/support/purchases.ts'
import { openSampleApi, people } from '../../test/support/sample-api.ts'
import { loadAction } from '../approvals/load-action.ts'
import { openKeyRing } from '../store/key-ring.ts'
import { replyTokenOf, requestFacts } from './load-mail-facts.ts'

/** A purchase of Nadia Belkacem, who reads French, that Thomas Berger, who reads English, is asked about. */
async function openPurchase() {
  const store = await openTestPglite()
  const { context, close } = await openSampleApi(store)
  const purchases = purchasesOn(context)
  const actionId = await purchases.fileForFinance()
  return {
    context,
    loaded: await loadAction(context.db, actionId),
    personId: await purchases.idOf(people.finance),
    async [Symbol.asyncDispose]() {
      await close()
      await store.close()
    },
  }
}

/** With the no-break space that French sets before a colon, as the definition has it. */
const frenchTitle = 'Achat\u00a0: 12 laptops'

test('a mail shows the title of the request in the language of its recipient', async () => {
  await using purchase = await openPurchase()
  const { request, definition } = purchase.loaded
  const titleIn = async (locale: 'en' | 'fr') =>
    (await requestFacts(purchase.context.db, request, definition, locale)).title
  expect(request.title).toBe(frenchTitle)
  expect(await titleIn('fr')).toBe(frenchTitle)
  expect(await titleIn('en')).toBe('Purchase: 12 laptops')
})

test('a mail repeats the token of the key that made it, also under a newer key', async () => {
  await using purchase = await openPurchase()
  const { context, loaded, personId } = purchase
  const old = Buffer.alloc(32, 7).toString('base64')
  const rotated = await openKeyRing({
    key: `${Buffer.alloc(32, 8).toString('base64')}\n${old}`,
    keyFile: null,
    dataDirectory: null,
  })
  const of = { actionId: loaded.action.id, personId, instance: 'countersign' }
  const before = await replyTokenOf(context, of)
  expect(await replyTokenOf({ ...context, keys: rotated }, of)).toBe(before)
})

test('a copy of the installation writes tokens of its own, and the same one into each of its mails', async () => {
  await using purchase = await openPurchase()
  const { context, loaded, personId } = purchase
  const of = { actionId: loaded.action.id, personId }
  const original = await replyTokenOf(context, { ...of, instance: 'countersign' })
  const later = { ...context, clock: () => new Date(Date.now() + 1_000) }
  const copy = await replyTokenOf(later, { ...of, instance: 'test' })
  expect(copy).not.toBe(original)
  expect(await replyTokenOf(later, { ...of, instance: 'test' })).toBe(copy)
})
