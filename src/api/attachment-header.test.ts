import { expect, test } from 'vitest'
import { attachmentHeader } from './attachment-header.ts'

test.each([
  ['offer.pdf', `attachment; filename="offer.pdf"; filename*=UTF-8''offer.pdf`],
  [
    'Devis « été » 5%.pdf',
    `attachment; filename="Devis _ ete _ 5_.pdf"; filename*=UTF-8''Devis%20%C2%AB%20%C3%A9t%C3%A9%20%C2%BB%205%25.pdf`,
  ],
  ['a"; x="b\\.txt', `attachment; filename="a_; x=_b_.txt"; filename*=UTF-8''a%22%3B%20x%3D%22b%5C.txt`],
  [
    "l'offre (1)*.pdf",
    `attachment; filename="l'offre (1)*.pdf"; filename*=UTF-8''l%27offre%20%281%29%2A.pdf`,
  ],
  ['見積書.pdf', `attachment; filename="___.pdf"; filename*=UTF-8''%E8%A6%8B%E7%A9%8D%E6%9B%B8.pdf`],
])('%s', (name, header) => {
  expect(attachmentHeader(name)).toBe(header)
})
