import { expect, test } from 'vitest'
import { MailError } from '../../mail/errors.ts'
import { ok, warning } from '../../mail/finding.ts'
import type { CheckFacts } from '../../mail/mailbox.ts'
import { describeCheck } from './describe-check.ts'
import { runSteps, type TimedStep } from './run-steps.ts'

const { signal } = new AbortController()
const step = (id: string, needs: string[], run: TimedStep['run'] = async () => ok('')): TimedStep => ({
  id,
  needs,
  run,
})
const refuse = async () => {
  throw new MailError('no', { kind: 'auth', retry: 'pause-mailbox', providerCode: 'X' })
}

async function outcomes(steps: TimedStep[], until = signal, learn?: (facts: CheckFacts) => void) {
  const found: string[] = []
  for await (const check of runSteps(steps, until, learn)) {
    const { skipped } = check
    const reason = skipped === null || typeof skipped === 'string' ? skipped : `needs ${skipped.needs}`
    found.push(`${check.id} ${check.outcome}${reason === null ? '' : `, ${reason}`}`)
  }
  return found
}

test('what needs a failed step is skipped, and names where it began; the others go on', async () => {
  expect(
    await outcomes([
      step('token', [], refuse),
      step('role', ['token']),
      step('read-mailbox', ['role']),
      step('credential', []),
      step('clock', ['nowhere'], async () => warning('', { key: 'doctor:clock.unknown', values: {} })),
      step('send', ['clock']),
    ]),
  ).toEqual([
    'token failed',
    'role skipped, needs token',
    'read-mailbox skipped, needs token',
    'credential ok',
    'clock warning',
    'send ok',
  ])
})

test('what would send is left out, with all that needs it', async () => {
  const sending = { ...step('send', ['token']), notSending: true }
  expect(await outcomes([step('token', [], refuse), sending, step('sent-copy', ['send'])])).toEqual([
    'token failed',
    'send skipped, not-sending',
    'sent-copy skipped, needs send',
  ])
})

test('when the time is over, what is left is told as skipped', async () => {
  const over = new AbortController()
  const last = step('token', [], async () => {
    over.abort()
    return ok('')
  })
  expect(await outcomes([last, step('clock', []), step('role', ['token'])], over.signal)).toEqual([
    'token ok',
    'clock skipped, no-time',
    'role skipped, no-time',
  ])
})

test('a step that hangs is ended by its own time', async () => {
  const hangs = step('token', [], async (own) => {
    await new Promise((resolve) => own.addEventListener('abort', resolve))
    return refuse()
  })
  expect(await outcomes([{ ...hangs, timeoutMs: 1 }, step('clock', [])])).toEqual([
    'token failed',
    'clock ok',
  ])
})

test('what a step learns is told before the next one is taken', async () => {
  const learnt: CheckFacts[] = []
  const first = step('token', [], async () => ok('', { servicePrincipalId: 'one' }))
  const second = step('role', [], async () => ok(String(learnt[0]?.servicePrincipalId)))
  const checks = []
  for await (const check of runSteps([first, second], signal, (facts) => learnt.push(facts)))
    checks.push(check)
  expect(checks[1]?.evidence).toBe('one')
})

test('a fault of ours is no failure of the mailbox', async () => {
  const broken = step('token', [], async () => {
    throw new TypeError('ours')
  })
  await expect(outcomes([broken])).rejects.toThrow('ours')
})

test.each([
  [{ needs: 'token' }, /Access token from Entra ID/, /Jeton d’accès/],
  ['no-time' as const, /all the time/, /tout le temps/],
  ['not-sending' as const, /no test mail/, /aucun e-mail d’essai/],
])('why a step was skipped is told: %o', (skipped, english, french) => {
  const check = { id: 'role', outcome: 'skipped' as const, evidence: '', mend: null, skipped }
  expect(describeCheck(check, 'en').mend).toMatch(english)
  expect(describeCheck(check, 'fr').mend).toMatch(french)
})
