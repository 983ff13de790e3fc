import { expect, test } from 'vitest'
import { schemaErrors } from '../../../../test/support/ews-schema.ts'
import { withNamespaces } from '../soap-envelope.ts'
import { createFolder } from './create-folder.ts'
import { createItem } from './create-item.ts'
import { deleteItem } from './delete-item.ts'
import { findFolder } from './find-folder.ts'
import { findItem } from './find-item.ts'
import { getFolder } from './get-folder.ts'
import { getItemHeads, getItemIds, getItemMessages } from './get-item.ts'
import { getStreamingEvents } from './get-streaming-events.ts'
import { moveItem } from './move-item.ts'
import { subscribe } from './subscribe.ts'
import { syncFolderItems } from './sync-folder-items.ts'
import { unsubscribe } from './unsubscribe.ts'
import { updateItemRead } from './update-item.ts'

const ids = ['AAMk"1=', 'AAMk<2>&=']
const items = [
  { id: 'AAMk"1=', changeKey: null },
  { id: 'AAMk<2>&=', changeKey: 'CQ"&=' },
]
const hostile = `Proce"ssed' & <b>\n`
const operations = [
  createFolder(hostile),
  createItem([Buffer.from('Subject: x\r\n\r\ny'), Buffer.alloc(0)]),
  deleteItem(items),
  findFolder(hostile),
  findItem('<a&b@contoso.example>', [
    { wellKnown: 'sentitems' },
    { wellKnown: 'outbox' },
    { wellKnown: 'drafts' },
  ]),
  getFolder({ wellKnown: 'junkemail' }),
  getFolder({ id: 'AAMkF=' }),
  getItemHeads(ids),
  getItemIds(items),
  getItemMessages(ids),
  getStreamingEvents('JgBk='),
  moveItem(items, { id: 'AAMkF=' }),
  subscribe([{ wellKnown: 'inbox' }, { wellKnown: 'junkemail' }]),
  syncFolderItems({ wellKnown: 'inbox' }, null, 512),
  syncFolderItems({ wellKnown: 'junkemail' }, 'H4sIAAAA', 1),
  unsubscribe('JgBk='),
  updateItemRead(items),
]

test("every request validates against Microsoft's schema, and a wrong order would not", async () => {
  const documents = operations.map(({ name, body }, index) => ({
    name: `${index}-${name}.xml`,
    xml: withNamespaces(body),
  }))
  const first = documents[0]?.xml ?? ''
  const reversed = first.replace(
    /(<m:ParentFolderId>.*<\/m:ParentFolderId>)(<m:Folders>.*<\/m:Folders>)/s,
    '$2$1',
  )
  expect(reversed).not.toBe(first)

  const errors = await schemaErrors([...documents, { name: 'reversed.xml', xml: reversed }])
  expect(errors).toHaveLength(1)
  expect(errors[0]).toContain('ParentFolderId')
})

test('the name of an operation is that of its request', () => {
  for (const { name, body } of operations) expect(body.xml.startsWith(`<m:${name}`)).toBe(true)
})
