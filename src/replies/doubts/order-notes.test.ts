import { expect, test } from 'vitest'
import { keyOf, wordsOf } from '../words.ts'
import { withoutOrderNotes } from './order-notes.ts'

test.each([
  ['Deliver to the warehouse, ask for Dave', 'deliver to the warehouse'],
  ['Livraison au dépôt, demander Karim Ben', 'livraison au depot'],
  ['Entregar en almacén, preguntar por Manolo', 'entregar en almacen'],
  ['Please book on the IT budget, not on sales', 'please book on the it budget'],
  ['Con cargo a IT, no a ventas', 'con cargo a it'],
])('%j holds nothing to doubt but %j', (remark, rest) => {
  expect(keyOf(withoutOrderNotes(remark, wordsOf(remark)))).toBe(rest)
})

test.each([
  'Ask for Dave',
  'Deliver to the warehouse, ask Dave first',
  'Deliver to the warehouse, ask for a discount',
  'Livraison au dépôt, demander à Karim',
  'Livraison au dépôt, demander Karim avant',
  'Entregar en almacén, preguntar a Manolo',
  'Order from Dell, not from Litware',
  'Book on IT, not before May',
  'Book on IT, not on 500',
  'Con cargo a IT, no este año',
])('all of %j stands', (remark) => {
  expect(keyOf(withoutOrderNotes(remark, wordsOf(remark)))).toBe(keyOf(wordsOf(remark)))
})
