import { Writable } from 'node:stream'
import type { Command } from 'commander'
import { expect, test } from 'vitest'
import { type Locale, translator } from '../lib/translate.ts'
import type { CliParts } from './cli.ts'
import { createProgram } from './create-program.ts'
import { runCli } from './run-cli.ts'

/** A terminal without any configuration: a command that asks for one fails. */
function terminal(locale: Locale) {
  const said = { stdout: '', stderr: '' }
  const stream = (name: 'stdout' | 'stderr') =>
    new Writable({
      write(chunk, _, done) {
        said[name] += chunk
        done()
      },
    })
  const parts: CliParts = {
    readConfig: () => {
      throw new Error('no configuration is needed here')
    },
    openApp: () => Promise.reject(new Error('no application is needed here')),
    locale,
    colours: false,
    stdout: stream('stdout'),
    stderr: stream('stderr'),
  }
  return { said, parts }
}

test.each([
  [['nothing'], 'There is no command “nothing”.'],
  [[], 'A command is missing.'],
  [['token'], 'A command is missing.'],
  [['message', 'inspect'], 'The argument “file” is missing.'],
  [['message', 'inspect', '--what'], 'There is no option “--what” here.'],
  [
    ['message', 'list', '--direction', 'sideways'],
    'The value of “--direction <direction>” is not one that it takes.',
  ],
  [['request', 'create', 'purchase'], 'The option “--requester <address>” is needed here.'],
  [
    ['request', 'create', 'x', '--requester', 'y', '--field', 'item'],
    'The value of “--field <name=value>” is not',
  ],
  [['request', 'show', '1', '2'], 'There are more arguments than “show” takes.'],
])('%j is a wrong call: exit code 2, and what is wrong', async (args, message) => {
  const people = terminal('en')
  expect(await runCli(args, people.parts)).toBe(2)
  expect(people.said.stdout).toBe('')
  expect(people.said.stderr).toContain(message)
  const programs = terminal('en')
  expect(await runCli([...args, '--json'], programs.parts)).toBe(2)
  expect(JSON.parse(programs.said.stdout).error).toMatchObject({ code: expect.any(String), problems: [] })
})

test('an option without its value is a wrong call too', async () => {
  const { parts, said } = terminal('fr')
  expect(await runCli(['message', 'inspect', '--batch'], parts)).toBe(2)
  expect(said.stderr).toContain('L’option «\u00a0--batch <cases>\u00a0» a besoin d’une valeur.')
})

test.each(['en', 'fr'] as const)('every command explains itself (%s) and takes --json', async (locale) => {
  const { parts } = terminal(locale)
  const program = createProgram({ ...parts, text: translator(locale), print: () => {}, exitCode: 0 })
  const commands = leaves(program)
  expect(commands.map((path) => path.join(' '))).toEqual([
    'serve',
    'worker',
    'migrate',
    'status',
    'token create',
    'process import',
    'process check',
    'people import',
    'people export',
    'person invite',
    'group list',
    'group rename',
    'group delete',
    'request create',
    'request show',
    'request export',
    'mailbox set',
    'mailbox list',
    'mailbox consent-link',
    'mailbox show',
    'mailbox pause',
    'mailbox resume',
    'mailbox changes',
    'mailbox migrate',
    'mailbox reattach',
    'mailbox check',
    'message list',
    'message show',
    'message answer',
    'message export',
    'message inspect',
    'message replay',
    'dead-letter list',
    'dead-letter run-again',
    'footer list',
    'footer on',
    'footer off',
    'audit verify-export',
    'audit verify',
  ])
  for (const path of commands) {
    const { parts: own, said } = terminal(locale)
    expect(await runCli([...path, '--help'], own), path.join(' ')).toBe(0)
    expect(said.stdout).toContain(`countersign ${path.join(' ')}`)
    expect(said.stdout).toContain('--json')
    expect(said.stderr).toBe('')
  }
})

function leaves(command: Command): string[][] {
  return command.commands.flatMap((child) =>
    child.commands.length === 0 ? [[child.name()]] : leaves(child).map((path) => [child.name(), ...path]),
  )
}

test('a bug is not dressed up: it is thrown on', async () => {
  await expect(runCli(['mailbox', 'list'], terminal('en').parts)).rejects.toThrow(
    'no configuration is needed here',
  )
})
