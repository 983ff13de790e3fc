import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { translator } from '../lib/translate.ts'
import { readMailboxFile } from './read-mailbox-file.ts'

const cli = { text: translator('en'), locale: 'en' as const }

async function directoryOf(files: Record<string, string>): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'countersign-settings-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  await mkdir(join(directory, 'pki'))
  for (const [name, content] of Object.entries(files)) await writeFile(join(directory, name), content)
  return directory
}

test('a CA file is named from where the settings file lies, and read in its place', async () => {
  const directory = await directoryOf({
    'mailbox.yaml': 'mailbox:\n  type: exchange-server-ews\n  extraCaFile: pki/ca.pem\n',
    'pki/ca.pem': 'PEM é',
  })
  expect(await readMailboxFile(join(directory, 'mailbox.yaml'), cli)).toEqual({
    mailbox: { type: 'exchange-server-ews', extraCa: 'PEM é' },
  })
})

test('a certificate is named in the same way, a PFX as base64', async () => {
  const directory = await directoryOf({
    'pem.yaml': 'oauth: { certificate: { pemFile: pki/app.pem, password: word } }',
    'pfx.yaml': 'oauth: { certificate: { pfxFile: ./pki/app.pfx } }',
    'pki/app.pem': 'PEM',
    'pki/app.pfx': '\u0000é',
  })
  expect(await readMailboxFile(join(directory, 'pem.yaml'), cli)).toEqual({
    oauth: { certificate: { pem: 'PEM', password: 'word' } },
  })
  expect(await readMailboxFile(join(directory, 'pfx.yaml'), cli)).toEqual({
    oauth: { certificate: { pfx: 'AMOp' } },
  })
})

test('a CA file that is not there is named', async () => {
  const directory = await directoryOf({ 'mailbox.yaml': 'mailbox: { extraCaFile: pki/ca.pem }' })
  await expect(readMailboxFile(join(directory, 'mailbox.yaml'), cli)).rejects.toThrow(
    `${join(directory, 'pki', 'ca.pem')}: no such file`,
  )
})

test.each([
  ['both', 'mailbox: { extraCa: a, extraCaFile: b }', { mailbox: { extraCa: 'a', extraCaFile: 'b' } }],
  ['no name', 'mailbox: { extraCaFile: [1] }', { mailbox: { extraCaFile: [1] } }],
  ['no map', 'mailbox: 3', { mailbox: 3 }],
])('what is odd is left for the server to refuse: %s', async (_, yaml, form) => {
  const directory = await directoryOf({ 'mailbox.yaml': yaml })
  expect(await readMailboxFile(join(directory, 'mailbox.yaml'), cli)).toEqual(form)
})
