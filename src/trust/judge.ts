import type { AuthenticationFacts, TrustFacts, TrustPolicy, TrustReason, Verdict } from './verdict.ts'

/** What one consideration says against a message: how far the verdict may still go, and why. */
interface Objection {
  ceiling: 'held' | 'rejected'
  reason: TrustReason
}

/**
 * Judges a reply by its facts (DESIGN section 6; `reference/exchange-online.md`, 5.2). Considerations only ever lower
 * the verdict and none makes up for another, so more trust in one fact never lowers it:
 *
 * - A token that is ours comes first. *Accepted* means that the message is from the person whom the token was given to.
 *   An expired token is judged by the rest, so that a late answer can be told who decided; its reason `token-expired`
 *   comes first, and the caller decides nothing on it.
 * - A sender who is not the assignee, mail on somebody's behalf, weak or missing proof, and mail from Junk are *held*:
 *   the assignee is asked at the address on record.
 * - What Exchange calls forged, failed or spam is *rejected*, as is a message without a single token of ours.
 *
 * `strict` wants Exchange's internal mark or an aligned DMARC pass, and rejects whatever `standard` would hold.
 */
export function judge(facts: TrustFacts, policy: TrustPolicy): Verdict {
  const proofs = proofsOf(facts, policy)
  const objections = [
    ...objectionsToToken(facts),
    ...objectionsToSender(facts),
    ...objectionsToFolder(facts),
    ...objectionsToAuthentication(facts, proofs),
  ]
  const rejecting = objections.filter(({ ceiling }) => ceiling === 'rejected')
  const holding = objections.filter(({ ceiling }) => ceiling === 'held')
  const late: TrustReason[] = facts.token === 'expired' ? ['token-expired'] : []
  if (objections.length === 0) return { verdict: 'accepted', policy, reasons: [...late, ...proofs], facts }
  return {
    verdict: rejecting.length > 0 || policy === 'strict' ? 'rejected' : 'held',
    policy,
    reasons: [...late, ...[...rejecting, ...holding].map(({ reason }) => reason)],
    facts,
  }
}

function objectionsToToken({ token, stillEntitled }: TrustFacts): Objection[] {
  if (token === 'absent') return [{ ceiling: 'rejected', reason: 'token-absent' }]
  if (token === 'unknown') return [{ ceiling: 'rejected', reason: 'token-unknown' }]
  // Which action is meant cannot be told, so there is nobody whom holding it could ask.
  if (token === 'several') return [{ ceiling: 'rejected', reason: 'token-several' }]
  return stillEntitled ? [] : [{ ceiling: 'rejected', reason: 'no-longer-entitled' }]
}

function objectionsToSender({ sender, sentOnBehalf }: TrustFacts): Objection[] {
  const onBehalf: Objection[] = sentOnBehalf ? [{ ceiling: 'held', reason: 'sent-on-behalf' }] : []
  switch (sender) {
    case 'assignee':
    case 'assignee-alias':
      return onBehalf
    case 'other-person':
    case 'stranger':
      return [{ ceiling: 'held', reason: 'sender-not-assignee' }, ...onBehalf]
    // RFC 7489, 6.6.1: without exactly one From domain nothing can be authenticated.
    case 'none':
      return [{ ceiling: 'rejected', reason: 'sender-none' }]
    case 'several':
      return [{ ceiling: 'rejected', reason: 'sender-several' }]
  }
}

function objectionsToFolder({ folder }: TrustFacts): Objection[] {
  return folder === 'junk' ? [{ ceiling: 'held', reason: 'in-junk' }] : []
}

/** Exchange's categories for mail that pretends to be somebody's. Others, such as BULK, speak of taste. */
const hostileCategories = new Set(
  ['SPOOF', 'PHSH', 'HPHISH', 'HPHSH', 'UIMP', 'DIMP', 'GIMP', 'BIMP', 'INTOS', 'MALW'].map((name) =>
    name.toLowerCase(),
  ),
)

/** From here on Exchange takes a message for spam. */
const SPAM_LEVEL = 5

function objectionsToAuthentication(facts: TrustFacts, proofs: TrustReason[]): Objection[] {
  const { authentication } = facts
  const objections: Objection[] = []
  if (hostileCategories.has(authentication.spamCategory?.toLowerCase() ?? '')) {
    objections.push({ ceiling: 'rejected', reason: 'spoof-category' })
  }
  if ((authentication.scl ?? 0) >= SPAM_LEVEL) objections.push({ ceiling: 'rejected', reason: 'spam-level' })
  const failure = failureOf(authentication)
  if (failure !== null) objections.push({ ceiling: failure, reason: 'authentication-failed' })
  else if (proofs.length === 0) {
    const isMissing = authentication.dmarc === null && authentication.compauth === null
    objections.push({ ceiling: 'held', reason: isMissing ? 'authentication-missing' : 'authentication-weak' })
  }
  return objections
}

/**
 * How bad a failed authentication is; null when none failed. Exchange's composite verdict is final. A DMARC failure
 * alone is held where Exchange has let the message pass for reasons of its own: forwarding breaks DMARC, and so does
 * mail from servers of the same organisation in a hybrid deployment.
 */
function failureOf(authentication: AuthenticationFacts): Objection['ceiling'] | null {
  const { dmarc, dmarcAction, compauth, compauthReason, exchangeAuthAs } = authentication
  // 010 and 6xx: the From is of the receiving organisation, and the message is not.
  const isOwnDomainSpoof = /^(010|6\d\d)$/.test(compauthReason ?? '')
  if (compauth === 'fail' || isOwnDomainSpoof) return 'rejected'
  if (dmarc !== 'fail') return null
  const isLetPass = compauth === 'pass' || exchangeAuthAs === 'internal'
  return isLetPass && dmarcAction !== 'oreject' ? 'held' : 'rejected'
}

/** What proves that the message comes from where its From says, strongest first. */
function proofsOf({ authentication, fromDomain }: TrustFacts, policy: TrustPolicy): TrustReason[] {
  const { exchangeAuthAs, dmarc, compauth, compauthReason, headerFrom } = authentication
  // What was authenticated must be the very domain that the reader sees.
  const isAligned = headerFrom !== null && headerFrom === fromDomain
  const proofs: TrustReason[] = []
  if (exchangeAuthAs === 'internal') proofs.push('internal-mail')
  if (dmarc === 'pass' && isAligned) proofs.push('dmarc-pass')
  // 1xx and 7xx are passes, but 130 only says that a forwarder vouches (ARC); 4xx and 9xx that nothing was checked.
  const isProvenReason = /^(1|7)\d\d$/.test(compauthReason ?? '') && compauthReason !== '130'
  if (policy !== 'strict' && compauth === 'pass' && isProvenReason && isAligned) proofs.push('compauth-pass')
  return proofs
}
