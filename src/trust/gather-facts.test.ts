import { expect, test } from 'vitest'
import { gatherFacts, type TrustEvidence } from './gather-facts.ts'

const authentication: TrustEvidence['authentication'] = {
  exchangeAuthAs: null,
  dmarc: null,
  dmarcAction: null,
  compauth: null,
  compauthReason: null,
  headerFrom: null,
  spamCategory: null,
  scl: null,
}

const address = (text: string, name = '') => ({ address: text, name })

function gather(
  from: ReturnType<typeof address>[],
  rest: Partial<TrustEvidence> = {},
  sender: string | null = null,
) {
  return gatherFacts({
    message: { from, sender: sender === null ? null : address(sender) },
    folder: 'inbox',
    authentication,
    token: 'valid',
    holder: {
      address: 'elodie.gagnon@contoso.example',
      aliases: ['e.gagnon@contoso.example', 'eg@xn--fabrkam-bza.example'],
    },
    isKnown: false,
    stillEntitled: true,
    ...rest,
  })
}

test.each([
  ['elodie.gagnon@contoso.example', 'assignee'],
  [' Elodie.Gagnon@CONTOSO.example ', 'assignee'],
  ['e.gagnon@contoso.example', 'assignee-alias'],
  ['EG@fabríkam.example', 'assignee-alias'],
  ['elodie.gagnon+x@contoso.example', 'stranger'],
  ['elodie.gagnon@contoso.example.litware.example', 'stranger'],
  ['elodie.gagnon@cοntoso.example', 'stranger'],
  ['elodie.gagnon', 'none'],
  ['elodie.gagnon@', 'none'],
  ['', 'none'],
])('%j is %s', (from, sender) => {
  expect(gather([address(from)]).sender).toBe(sender)
})

test('a display name is no address', () => {
  const spoof = address('mallory@litware.example', 'elodie.gagnon@contoso.example')
  expect(gather([spoof])).toMatchObject({ sender: 'stranger', fromDomain: 'litware.example' })
})

test('somebody else of the directory is known', () => {
  expect(gather([address('thomas.berger@contoso.example')], { isKnown: true }).sender).toBe('other-person')
})

test('without a holder nobody is the assignee', () => {
  const evidence = { token: 'unknown', holder: null } as const
  expect(gather([address('elodie.gagnon@contoso.example')], { ...evidence, isKnown: true }).sender).toBe(
    'other-person',
  )
})

test('exactly one From, even when both name the assignee', () => {
  const from = address('elodie.gagnon@contoso.example')
  expect(gather([])).toMatchObject({ sender: 'none', fromDomain: null })
  expect(gather([from, from])).toMatchObject({ sender: 'several', fromDomain: null })
  expect(gather([from, address('mallory@litware.example')])).toMatchObject({
    sender: 'several',
    fromDomain: null,
  })
})

test('the From domain is in its ASCII form', () => {
  expect(gather([address('eg@FABRÍKAM.example')]).fromDomain).toBe('xn--fabrkam-bza.example')
})

test.each([
  [null, false],
  ['elodie.gagnon@contoso.example', false],
  ['ELODIE.GAGNON@contoso.example', false],
  ['e.gagnon@contoso.example', false],
  ['nadia.belkacem@contoso.example', true],
  ['', true],
])('Sender %j means on behalf: %s', (sender, expected) => {
  expect(gather([address('elodie.gagnon@contoso.example')], {}, sender).sentOnBehalf).toBe(expected)
})

test('a stranger who names an address of the assignee as Sender is on behalf', () => {
  expect(gather([address('mallory@litware.example')], {}, 'elodie.gagnon@contoso.example').sentOnBehalf).toBe(
    true,
  )
})
