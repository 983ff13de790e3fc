import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../src/index.ts'
import { control } from './support/ews-client.ts'
import { approvals, openImap } from './support/mail-client.ts'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator()
})
afterEach(() => control(simulator, 'POST', '/reset'))
afterAll(() => simulator.close())

const names = async () => {
  const folders = await control<{ name: string }[]>(simulator, 'GET', `/mailboxes/${approvals}/folders`)
  return folders.map(({ name }) => name)
}
const last = (lines: string[]) => lines.at(-1)

it('folders are listed with their children, and names that are not ASCII in modified UTF-7', async () => {
  const client = await openImap(simulator, { folder: null })
  expect(last(await client.imap('CREATE "Trait&AOk-s/&U,BTFw-"'))).toBe('OK CREATE completed.')
  expect(last(await client.imap('CREATE inbox/R&-D'))).toBe('OK CREATE completed.')
  expect(await names()).toEqual(expect.arrayContaining(['Traités', 'Traités/台北', 'Inbox/R&D']))
  expect(await client.imap('LIST "" *')).toEqual([
    '* LIST (\\HasNoChildren) "/" "Deleted Items"',
    '* LIST (\\HasNoChildren) "/" Drafts',
    '* LIST (\\HasChildren) "/" INBOX',
    '* LIST (\\HasNoChildren) "/" INBOX/R&-D',
    '* LIST (\\HasNoChildren) "/" "Junk Email"',
    '* LIST (\\HasNoChildren) "/" Outbox',
    '* LIST (\\HasNoChildren) "/" "Sent Items"',
    '* LIST (\\HasChildren) "/" Trait&AOk-s',
    '* LIST (\\HasNoChildren) "/" Trait&AOk-s/&U,BTFw-',
    'OK LIST completed.',
  ])
  expect((await client.imap('LIST "" T%')).length).toBe(2)
  expect((await client.imap('LIST INBOX/ %')).slice(0, -1)).toEqual([
    '* LIST (\\HasNoChildren) "/" INBOX/R&-D',
  ])
  expect((await client.imap('LIST "" ""'))[0]).toBe('* LIST (\\Noselect) "/" ""')
  client.close()
})

it('what a mailbox has lost of its subscriptions LSUB leaves out', async () => {
  const client = await openImap(simulator, { folder: null })
  expect(last(await client.imap('UNSUBSCRIBE Drafts'))).toBe('OK UNSUBSCRIBE completed.')
  expect((await client.imap('LSUB "" D*')).slice(0, -1)).toEqual([
    '* LSUB (\\HasNoChildren) "/" "Deleted Items"',
  ])
  await client.imap('SUBSCRIBE drafts')
  expect((await client.imap('LSUB "" D*')).length).toBe(3)
  client.close()
})

it('a folder is renamed, moved and removed with what is below it', async () => {
  const client = await openImap(simulator, { folder: null })
  await client.imap('CREATE a/b')
  expect(last(await client.imap('RENAME a c/d'))).toBe('OK RENAME completed.')
  expect(await names()).toEqual(expect.arrayContaining(['c', 'c/d', 'c/d/b']))
  expect(last(await client.imap('RENAME c c/d/e'))).toMatch(/^NO /)
  expect(last(await client.imap('DELETE c'))).toBe('OK DELETE completed.')
  expect((await names()).filter((name) => name.startsWith('c'))).toEqual([])
  client.close()
})

it.each([
  ['CREATE inbox', /^NO /],
  ['CREATE "a//b"', /^NO /],
  ['CREATE "&AGE-"', /^BAD /],
  ['CREATE ""', /^BAD /],
  ['DELETE INBOX', /^NO /],
  ['DELETE nowhere', /^NO nowhere doesn't exist\./],
  ['RENAME "Sent Items" x', /^NO /],
  ['SELECT sentitems', /^NO /],
  ['STATUS INBOX (SIZE)', /^BAD /],
  ['SUBSCRIBE', /^BAD /],
])('%s is refused', async (command, answer) => {
  const client = await openImap(simulator, { folder: null })
  expect(last(await client.imap(command))).toMatch(answer)
  client.close()
})

it('a pattern of many wildcards is answered like any other', async () => {
  const client = await openImap(simulator, { folder: null })
  await client.imap(`CREATE ${'a'.repeat(200)}`)
  expect(await client.imap(`LIST "" ${'*a'.repeat(400)}b`)).toEqual(['OK LIST completed.'])
  client.close()
})
