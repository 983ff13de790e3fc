import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCommand, runUnread } from '../support/run-command.ts'

const replies = join(import.meta.dirname, '..', 'fixtures', 'replies')
const reply = (name: string) => join(replies, name)
const yesOrNo = [
  {
    id: 'Q1',
    choices: [
      { result: 'OUI', keywords: ['Oui', 'Approuvé'] },
      { result: 'NON', keywords: ['Non', 'Refusé'] },
    ],
  },
]

let directory: string
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'countersign-inspect-'))
})
afterAll(() => rmSync(directory, { recursive: true }))

function write(name: string, content: string | object): string {
  const path = join(directory, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

test('one message is read with its questions, as JSON', async () => {
  const questions = write('questions.json', yesOrNo)
  const { code, stdout, stderr } = await runCommand([
    'message',
    'inspect',
    reply('outlook-desktop-oui-windows-1252.eml'),
    '--questions',
    questions,
    '--locale',
    'fr',
    '--json',
  ])
  expect([code, stderr]).toEqual([0, ''])
  expect(JSON.parse(stdout)).toMatchObject({
    kind: 'answers',
    answers: { Q1: 'OUI' },
    comment: 'Bonne idée, les écrans actuels sont très usés…',
  })
})

test('without questions it is yes or no, and people get sentences in the terminal’s language', async () => {
  const run = (locale: string) =>
    runCommand(['message', 'inspect', reply('outlook-desktop-yes.eml')], { LC_ALL: locale })
  const english = await run('en_US.UTF-8')
  expect(english.stdout).toContain('Q1: YES')
  expect(english.stdout).toContain('by a keyword of the question')
  expect((await run('fr_CA.UTF-8')).stdout).toContain('par un mot-clé de la question')
})

test('several messages give one document with one reading each, a missing file among them', async () => {
  const { code, stdout } = await runCommand([
    'message',
    'inspect',
    reply('outlook-desktop-yes.eml'),
    join(directory, 'missing.eml'),
    reply('aide.eml'),
    '--json',
  ])
  expect(code).toBe(1)
  expect(JSON.parse(stdout)).toMatchObject([
    { kind: 'answers', answers: { Q1: 'YES' } },
    { file: join(directory, 'missing.eml'), error: { code: 'file-missing' } },
    { kind: 'instruction' },
  ])
})

test('the text that was sent tells our words from theirs', async () => {
  const args = ['message', 'inspect', reply('thunderbird-answer-below.eml'), '--json']
  const sent = join(replies, 'sent', 'approval-en.txt')
  expect(JSON.parse((await runCommand([...args, '--sent', sent])).stdout)).toMatchObject({
    answers: { Q1: 'YES' },
  })
})

test('a batch gives one line a case, in order, whatever the lines hold', async () => {
  const lines = [
    JSON.stringify({ file: reply('outlook-desktop-oui-windows-1252.eml'), questions: yesOrNo, locale: 'fr' }),
    'no JSON at all',
    JSON.stringify({ file: reply('missing.eml') }),
    '',
    JSON.stringify({ file: reply('aide.eml'), surprise: true }),
    JSON.stringify({ file: write('empty.eml', ''), questions: yesOrNo }),
    'x'.repeat(3 * 1024 * 1024),
    JSON.stringify({ file: reply('outlook-desktop-yes.eml') }),
  ]
  const { code, stdout } = await runCommand([
    'message',
    'inspect',
    '--batch',
    write('cases.jsonl', lines.join('\r\n')),
  ])
  expect(code).toBe(1)
  expect(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toMatchObject([
    { kind: 'answers', answers: { Q1: 'OUI' } },
    { file: null, error: { code: 'case-invalid' } },
    { file: reply('missing.eml'), error: { code: 'file-missing' } },
    { file: reply('aide.eml'), error: { code: 'case-invalid' } },
    { file: join(directory, 'empty.eml'), error: { code: 'message-unreadable' } },
    { file: null, error: { code: 'case-invalid' } },
    { kind: 'answers', answers: { Q1: 'YES' } },
  ])
})

test('a batch of every reply of the fixtures says what inspecting one says', async () => {
  const files = readFileSync(join(replies, 'cases.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).file)
  const cases = files.map((file) => JSON.stringify({ file: reply(file) })).join('\n')
  const batch = await runCommand(['message', 'inspect', '--batch', write('all.jsonl', cases)])
  expect([batch.code, batch.stderr]).toEqual([0, ''])
  const readings = batch.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(readings).toHaveLength(files.length)
  const single = await runCommand(['message', 'inspect', reply(files[7]), '--json'])
  expect(readings[7]).toEqual(JSON.parse(single.stdout))
})

test('a batch file that is not there, and questions that are none', async () => {
  const missing = await runCommand(['message', 'inspect', '--batch', join(directory, 'none.jsonl'), '--json'])
  expect(missing.code).toBe(1)
  expect(JSON.parse(missing.stdout)).toMatchObject({ error: { code: 'file-missing' } })
  const questions = write('wrong.json', { Q1: ['yes'] })
  const wrong = await runCommand(['message', 'inspect', reply('aide.eml'), '--questions', questions])
  expect(wrong.code).toBe(1)
  expect(wrong.stderr).toContain('holds no questions')
})

test('what a stranger wrote cannot steer the terminal', async () => {
  const file = write(
    'escape.eml',
    'From: a@contoso.example\r\nSubject: \u001b]0;title\u0007\u001b[2J\u202e\r\n\r\nYes\u001b[31m\r\n',
  )
  const { stdout } = await runCommand(['message', 'inspect', file])
  for (const character of ['\u001b', '\u0007', '\u202e']) expect(stdout).not.toContain(character)
})

test('nothing is coloured that does not go to a terminal', async () => {
  const inspect = (args: string[], environment = {}) =>
    runCommand(['message', 'inspect', reply('outlook-desktop-yes.eml'), ...args], environment)
  const coloured = await inspect([], { FORCE_COLOR: '1' })
  expect(coloured.stdout).not.toContain('\u001b')
  const plain = await inspect(['--no-color'])
  expect(plain.stdout).toMatch(/^answer \(keyword\) +│ Yes/m)
  expect(plain.stdout).toMatch(/│ {3}↳ “Yes”: the answer$/m)
})

test('a reader who stops before the end is no failure', async () => {
  expect(await runUnread(['message', 'inspect', reply('outlook-desktop-oui-windows-1252.eml')])).toEqual({
    code: 0,
    stderr: '',
  })
})

test('a step of a process definition asks, with its fields and brackets', async () => {
  const process = join(import.meta.dirname, '..', '..', 'examples', 'processes', 'investment.yaml')
  const lines = ['Q1: [Yes]', 'Q2: [17,500.00]', 'Q3: [Logistics]', 'Q4: [15 July 2027]']
  const mail = write('filled-in.eml', `From: nadia.roy@contoso.example\r\n\r\n${lines.join('\r\n')}\r\n`)
  const read = async (...args: string[]) =>
    runCommand(['message', 'inspect', mail, '--process', process, '--locale', 'en', '--json', ...args])
  const answers = { Q1: 'YES', Q2: '17500.00', Q3: 'LOGISTICS', Q4: '2027-07-15' }
  expect(JSON.parse((await read()).stdout)).toMatchObject({ answers })
  expect(JSON.parse((await read('--step', 'finance-release')).stdout)).not.toMatchObject({ answers })
  const unknown = await read('--step', 'release')
  expect(unknown.code).toBe(1)
  expect(JSON.parse(unknown.stdout).error).toMatchObject({
    code: 'file-invalid',
    message: `${process} has no step “release”. It has: manager-approval, finance-release.`,
  })
  const broken = write('broken.yaml', 'name: order\nsteps: 3\n')
  const { stdout } = await runCommand(['message', 'inspect', mail, '--process', broken, '--json'])
  expect(JSON.parse(stdout).error.message).toContain(`${broken}:2: `)
})
