import { domainToASCII } from 'node:url'
import type { BelievedMarks } from '../../lib/believed-marks.ts'
import type { AuthenticationFacts } from '../../trust/verdict.ts'
import type { MailHeader } from '../message.ts'
import { parseAuthenticationResults } from './parse-authentication-results.ts'

const nothing: AuthenticationFacts = {
  exchangeAuthAs: null,
  dmarc: null,
  dmarcAction: null,
  compauth: null,
  compauthReason: null,
  headerFrom: null,
  spamCategory: null,
  scl: null,
}

/**
 * What the receiving Exchange says of a message. `headers` are all of its headers, topmost first, as they stand in the
 * mailbox. Nothing is believed beyond `marks`, since anybody may write these headers and only Exchange takes them off
 * mail from outside.
 *
 * The X-MS-Exchange-Organization headers pass its header firewall and are believed wherever they stand (Exchange writes
 * them below the sender's); X-MS-Exchange-CrossTenant headers survive between tenants and are not. Of
 * Authentication-Results only the topmost counts, and only above the hop at which the message came in.
 */
export function readAuthentication(
  headers: MailHeader[],
  { marks }: { marks: BelievedMarks },
): AuthenticationFacts {
  if (marks === 'none') return nothing
  if (marks === 'internal') return { ...nothing, exchangeAuthAs: readAuthAs(headers) }
  const reports = valuesOf(headers, 'x-forefront-antispam-report')
  return {
    exchangeAuthAs: readAuthAs(headers),
    ...readResults(headers),
    spamCategory: readCategory(reports),
    scl: readSpamLevel(headers, reports),
  }
}

function valuesOf(headers: MailHeader[], name: string): string[] {
  return headers.filter((header) => header.name === name).map(({ value }) => value.trim())
}

const authAsValues = ['internal', 'anonymous', 'external', 'partner'] as const

/** Two marks mean that somebody else than Exchange has written one of them, so neither counts. */
function readAuthAs(headers: MailHeader[]): AuthenticationFacts['exchangeAuthAs'] {
  const marks = valuesOf(headers, 'x-ms-exchange-organization-authas')
  return marks.length === 1 ? oneOf(authAsValues, marks[0]) : null
}

const dmarcValues = ['pass', 'fail', 'bestguesspass', 'none', 'temperror', 'permerror'] as const
const compauthValues = ['pass', 'softpass', 'fail', 'none'] as const

function readResults(headers: MailHeader[]) {
  const value = topmostResults(headers)
  const methods = value === null ? [] : parseAuthenticationResults(value)
  const dmarc = methods.filter(({ method }) => method === 'dmarc')
  const compauth = methods.filter(({ method }) => method === 'compauth')
  const domain = only(dmarc.map(({ properties }) => properties.get('header.from') ?? ''))
  return {
    dmarc: resultOf(dmarcValues, dmarc),
    // `o.reject` is the older spelling.
    dmarcAction:
      only(dmarc.map(({ properties }) => properties.get('action') ?? ''))?.replace('o.', 'o') ?? null,
    compauth: resultOf(compauthValues, compauth),
    compauthReason: only(compauth.map(({ properties }) => properties.get('reason') ?? '')),
    headerFrom: domain === null ? null : domainToASCII(domain) || null,
  }
}

/** The topmost Authentication-Results, if it stands above the hop at which the message came into Exchange Online. */
function topmostResults(headers: MailHeader[]): string | null {
  for (const { name, value } of headers) {
    if (name === 'authentication-results') return value
    if (name === 'received' && !isExchangeHop(value)) return null
  }
  return null
}

/**
 * Whether one server of Exchange Online handed the message to another. A sender can lie about the host after `from` and
 * put a `by` of their own there, but the last `by` is the server's; and Exchange Online writes its own results above
 * the hop at which it took a message in.
 */
function isExchangeHop(received: string): boolean {
  if (received.length > MAX_RECEIVED) return false
  const hosts = /^\s*from\s+(\S+)\s[\s\S]*\bby\s+(\S+)/i.exec(received)
  return [hosts?.[1], hosts?.[2]].every((host) => host !== undefined && exchangeHost.test(host))
}

const MAX_RECEIVED = 2_000
/** Worldwide, US government and China. */
const exchangeHost = /\.(outlook\.com|outlook\.us|office365\.us|partner\.outlook\.cn)\.?$/i

/** A method that stands twice with different results was smuggled in: a failure counts, anything else does not. */
function resultOf<T extends string>(known: readonly T[], methods: { result: string }[]): T | null {
  const results = methods.map(({ result }) => result)
  if (results.includes('fail')) return oneOf(known, 'fail')
  return oneOf(known, only(results) ?? undefined)
}

/** The value that all agree on; null when there is none. */
function only(values: string[]): string | null {
  const distinct = new Set(values)
  return distinct.size === 1 ? values[0] || null : null
}

function oneOf<T extends string>(known: readonly T[], value: string | undefined): T | null {
  const folded = value?.toLowerCase()
  return known.find((candidate) => candidate === folded) ?? null
}

/** `CAT` of X-Forefront-Antispam-Report. A forged report could only harm its forger, so the first one will do. */
function readCategory(reports: string[]): string | null {
  return reports.map((report) => reportField(report, 'CAT')).find((category) => category !== null) ?? null
}

function readSpamLevel(headers: MailHeader[], reports: string[]): number | null {
  const levels = [
    ...valuesOf(headers, 'x-ms-exchange-organization-scl'),
    ...reports.map((report) => reportField(report, 'SCL') ?? ''),
  ]
  const numbers = levels.filter((level) => /^-?\d$/.test(level)).map(Number)
  return numbers.length === 0 ? null : Math.max(...numbers)
}

/** One field of `CIP:192.0.2.1;CTRY:;LANG:en;SCL:1;…;CAT:NONE;`. */
function reportField(report: string, name: string): string | null {
  const field = report.split(';').find((part) => part.trim().toUpperCase().startsWith(`${name}:`))
  return field?.slice(field.indexOf(':') + 1).trim() || null
}
