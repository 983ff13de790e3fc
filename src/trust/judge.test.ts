import { describe, expect, test } from 'vitest'
import { judge } from './judge.ts'
import type { AuthenticationFacts, TrustFacts, TrustPolicy } from './verdict.ts'

const noAuthentication: AuthenticationFacts = {
  exchangeAuthAs: null,
  dmarc: null,
  dmarcAction: null,
  compauth: null,
  compauthReason: null,
  headerFrom: null,
  spamCategory: null,
  scl: null,
}

/** What Exchange Online writes about a message that fabrikam.example has proven. */
const proven: Partial<AuthenticationFacts> = {
  exchangeAuthAs: 'anonymous',
  dmarc: 'pass',
  dmarcAction: 'none',
  compauth: 'pass',
  compauthReason: '100',
  headerFrom: 'fabrikam.example',
  spamCategory: 'NONE',
  scl: 1,
}

function facts(
  authentication: Partial<AuthenticationFacts> = {},
  rest: Partial<Omit<TrustFacts, 'authentication'>> = {},
): TrustFacts {
  return {
    token: 'valid',
    sender: 'assignee',
    fromDomain: 'fabrikam.example',
    sentOnBehalf: false,
    folder: 'inbox',
    stillEntitled: true,
    ...rest,
    authentication: { ...noAuthentication, ...authentication },
  }
}

const internal: Partial<AuthenticationFacts> = { exchangeAuthAs: 'internal' }

test.each<[string, TrustFacts, string, string[]]>([
  ['internal mail', facts(internal), 'accepted', ['internal-mail']],
  [
    'internal mail with results that say none',
    facts({ ...internal, dmarc: 'none', compauth: 'none' }),
    'accepted',
    ['internal-mail'],
  ],
  ['DMARC pass', facts({ dmarc: 'pass', headerFrom: 'fabrikam.example' }), 'accepted', ['dmarc-pass']],
  ['DMARC and compauth pass', facts(proven), 'accepted', ['dmarc-pass', 'compauth-pass']],
  ['compauth pass', facts({ ...proven, dmarc: 'none' }), 'accepted', ['compauth-pass']],
  [
    'an alias of the assignee',
    facts(proven, { sender: 'assignee-alias' }),
    'accepted',
    ['dmarc-pass', 'compauth-pass'],
  ],
  ['a late answer', facts(internal, { token: 'expired' }), 'accepted', ['token-expired', 'internal-mail']],
  [
    'a late answer without proof',
    facts({}, { token: 'expired' }),
    'held',
    ['token-expired', 'authentication-missing'],
  ],
  [
    'DMARC pass of another domain',
    facts({ dmarc: 'pass', headerFrom: 'litware.example' }),
    'held',
    ['authentication-weak'],
  ],
  ['DMARC pass of no named domain', facts({ dmarc: 'pass' }), 'held', ['authentication-weak']],
  ['no From domain', facts({ dmarc: 'pass' }, { fromDomain: null }), 'held', ['authentication-weak']],
  [
    'bestguesspass',
    facts({ ...proven, dmarc: 'bestguesspass', compauth: null }),
    'held',
    ['authentication-weak'],
  ],
  [
    'softpass',
    facts({ ...proven, dmarc: 'none', compauth: 'softpass', compauthReason: '202' }),
    'held',
    ['authentication-weak'],
  ],
  [
    'compauth pass by ARC alone',
    facts({ ...proven, dmarc: 'none', compauthReason: '130' }),
    'held',
    ['authentication-weak'],
  ],
  [
    'compauth pass by bypass',
    facts({ ...proven, dmarc: 'none', compauthReason: '451' }),
    'held',
    ['authentication-weak'],
  ],
  ['DMARC temperror', facts({ dmarc: 'temperror' }), 'held', ['authentication-weak']],
  ['no results at all', facts({ exchangeAuthAs: 'anonymous' }), 'held', ['authentication-missing']],
  ['partner mark alone', facts({ exchangeAuthAs: 'partner' }), 'held', ['authentication-missing']],
  ['Junk', facts(proven, { folder: 'junk' }), 'held', ['in-junk']],
  ['somebody else we know', facts(internal, { sender: 'other-person' }), 'held', ['sender-not-assignee']],
  ['a stranger with the right token', facts(proven, { sender: 'stranger' }), 'held', ['sender-not-assignee']],
  ['an assistant on behalf', facts(internal, { sentOnBehalf: true }), 'held', ['sent-on-behalf']],
  [
    'DMARC fail forwarded with ARC',
    facts({ ...proven, dmarc: 'fail', compauthReason: '130' }),
    'held',
    ['authentication-failed'],
  ],
  [
    'DMARC fail from a hybrid server',
    facts({ ...internal, dmarc: 'fail' }),
    'held',
    ['authentication-failed'],
  ],
  ['DMARC fail', facts({ dmarc: 'fail', dmarcAction: 'none' }), 'rejected', ['authentication-failed']],
  [
    'oreject, whatever else',
    facts({ ...internal, dmarc: 'fail', dmarcAction: 'oreject' }),
    'rejected',
    ['authentication-failed'],
  ],
  [
    'compauth fail',
    facts({ ...proven, dmarc: 'none', compauth: 'fail', compauthReason: '001' }),
    'rejected',
    ['authentication-failed'],
  ],
  [
    'Direct Send with an internal From',
    facts({ exchangeAuthAs: 'anonymous', dmarc: 'fail', compauth: 'fail', compauthReason: '601' }),
    'rejected',
    ['authentication-failed'],
  ],
  [
    'reason 010 under softpass',
    facts({ ...proven, compauth: 'softpass', compauthReason: '010' }),
    'rejected',
    ['authentication-failed'],
  ],
  ['CAT:SPOOF', facts({ ...proven, spamCategory: 'SPOOF' }), 'rejected', ['spoof-category']],
  ['cat:hphish', facts({ ...proven, spamCategory: 'hphish' }), 'rejected', ['spoof-category']],
  ['CAT:BULK', facts({ ...proven, spamCategory: 'BULK' }), 'accepted', ['dmarc-pass', 'compauth-pass']],
  ['SCL 5 in Junk', facts({ ...proven, scl: 5 }, { folder: 'junk' }), 'rejected', ['spam-level', 'in-junk']],
  ['no token', facts(proven, { token: 'absent' }), 'rejected', ['token-absent']],
  ['a guessed token', facts(proven, { token: 'unknown' }), 'rejected', ['token-unknown']],
  ['two tokens', facts(proven, { token: 'several' }), 'rejected', ['token-several']],
  ['two From addresses', facts(proven, { sender: 'several' }), 'rejected', ['sender-several']],
  ['no From address', facts(proven, { sender: 'none' }), 'rejected', ['sender-none']],
  [
    'a former member of the group',
    facts(internal, { stillEntitled: false }),
    'rejected',
    ['no-longer-entitled'],
  ],
  [
    'everything wrong, worst first',
    facts({ dmarc: 'none' }, { token: 'unknown', sender: 'stranger', folder: 'junk' }),
    'rejected',
    ['token-unknown', 'sender-not-assignee', 'in-junk', 'authentication-weak'],
  ],
])('standard: %s', (_, given, verdict, reasons) => {
  expect(judge(given, 'standard')).toEqual({ verdict, reasons, policy: 'standard', facts: given })
})

test.each<[string, TrustFacts, string, string[]]>([
  ['internal mail', facts(internal), 'accepted', ['internal-mail']],
  ['DMARC pass', facts(proven), 'accepted', ['dmarc-pass']],
  ['compauth pass alone', facts({ ...proven, dmarc: 'none' }), 'rejected', ['authentication-weak']],
  ['Junk', facts(proven, { folder: 'junk' }), 'rejected', ['in-junk']],
  ['no results', facts(), 'rejected', ['authentication-missing']],
])('strict: %s', (_, given, verdict, reasons) => {
  expect(judge(given, 'strict')).toMatchObject({ verdict, reasons, policy: 'strict' })
})

/**
 * The whole table: every combination of these levels, each dimension ordered from least to most trust. Levels that the
 * rules do not tell apart are left to the tables above.
 */
describe('over all combinations of facts', () => {
  const dimensions = {
    token: ['absent', 'unknown', 'several', 'expired', 'valid'],
    sender: ['none', 'several', 'stranger', 'other-person', 'assignee-alias', 'assignee'],
    headerFrom: ['litware.example', 'fabrikam.example'],
    sentOnBehalf: [true, false],
    folder: ['junk', 'inbox'],
    stillEntitled: [false, true],
    exchangeAuthAs: ['anonymous', 'internal'],
    dmarc: ['fail', 'none', 'pass'],
    dmarcAction: ['oreject', 'none'],
    compauth: ['fail', 'softpass', 'pass'],
    compauthReason: ['601', '000', '130', '100'],
    spamCategory: ['SPOOF', 'NONE'],
    scl: [5, 1],
    policy: ['strict', 'standard'],
  } as const
  const levels = Object.values(dimensions)
  const strides = levels.map((_, dimension) =>
    levels.slice(dimension + 1).reduce((product, { length }) => product * length, 1),
  )
  const combinations = levels.reduce((product, { length }) => product * length, 1)
  const ranks = { rejected: 0, held: 1, accepted: 2 }

  type Level<K extends keyof typeof dimensions> = (typeof dimensions)[K][number]
  function combination(index: number) {
    const at = <K extends keyof typeof dimensions>(name: K): Level<K> => {
      const dimension = Object.keys(dimensions).indexOf(name)
      const { length } = dimensions[name]
      return dimensions[name][Math.floor(index / (strides[dimension] ?? 1)) % length] as Level<K>
    }
    const authentication: AuthenticationFacts = {
      exchangeAuthAs: at('exchangeAuthAs'),
      dmarc: at('dmarc'),
      dmarcAction: at('dmarcAction'),
      compauth: at('compauth'),
      compauthReason: at('compauthReason'),
      headerFrom: at('headerFrom'),
      spamCategory: at('spamCategory'),
      scl: at('scl'),
    }
    const given: TrustFacts = {
      token: at('token'),
      sender: at('sender'),
      fromDomain: 'fabrikam.example',
      sentOnBehalf: at('sentOnBehalf'),
      folder: at('folder'),
      stillEntitled: at('stillEntitled'),
      authentication,
    }
    return { given, policy: at('policy') as TrustPolicy }
  }

  const verdicts = new Uint8Array(combinations)
  const broken: string[] = []
  const note = (rule: string, given: TrustFacts) => {
    if (broken.length < 20) broken.push(`${rule}: ${JSON.stringify(given)}`)
  }
  for (let index = 0; index < combinations; index++) {
    const { given, policy } = combination(index)
    const { verdict, reasons } = judge(given, policy)
    verdicts[index] = ranks[verdict]
    if (reasons.length === 0) note('a reason', given)
    if (new Set(reasons).size !== reasons.length) note('each reason once', given)
    if (given.token === 'expired' && reasons[0] !== 'token-expired') note('lateness comes first', given)
    if (policy === 'strict' && verdict === 'held') note('strict holds nothing', given)
    if (verdict !== 'accepted') continue
    const { authentication } = given
    if (!['valid', 'expired'].includes(given.token)) note('accepted without a token of ours', given)
    if (!given.sender.startsWith('assignee')) note('accepted from another sender', given)
    if (given.sentOnBehalf) note('accepted on behalf', given)
    if (given.folder === 'junk') note('accepted from Junk', given)
    if (!given.stillEntitled) note('accepted from a former member', given)
    if (authentication.dmarc === 'fail') note('accepted with DMARC fail', given)
    if (authentication.compauth === 'fail') note('accepted with compauth fail', given)
    if (authentication.compauthReason === '601') note('accepted as own-domain spoof', given)
    if (authentication.spamCategory === 'SPOOF') note('accepted as spoof', given)
    if (authentication.scl === 5) note('accepted as spam', given)
    const isProven =
      authentication.exchangeAuthAs === 'internal' ||
      (authentication.headerFrom === given.fromDomain &&
        (authentication.dmarc === 'pass' || authentication.compauth === 'pass'))
    if (!isProven) note('accepted without proof', given)
  }

  test('nothing is accepted that any fact speaks against, and every verdict says why', () => {
    expect(broken).toEqual([])
  })

  test('more trust in one fact never lowers the verdict', () => {
    const lowered: string[] = []
    for (let index = 0; index < combinations; index++) {
      for (const [dimension, { length }] of levels.entries()) {
        const stride = strides[dimension] ?? 1
        if (Math.floor(index / stride) % length === length - 1) continue
        if ((verdicts[index + stride] ?? 0) < (verdicts[index] ?? 0) && lowered.length < 20) {
          lowered.push(`${Object.keys(dimensions)[dimension]}: ${JSON.stringify(combination(index))}`)
        }
      }
    }
    expect(lowered).toEqual([])
  })

  test('all three verdicts occur', () => {
    expect(new Set(verdicts)).toEqual(new Set([0, 1, 2]))
  })
})
