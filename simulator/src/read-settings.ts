import { X509Certificate } from 'node:crypto'
import {
  type Check,
  check,
  isBoolean,
  isCount,
  isFromZero,
  isNumber,
  isString,
  isStrings,
  oneOf,
  orNull,
} from './check-json.ts'
import type { Company, MailboxSettings, NewMailbox } from './company.ts'
import { graphPermissions } from './entra/access-token.ts'
import { cloudNames } from './entra/clouds.ts'
import { graphChecks } from './graph/settings.ts'
import { type LifecycleEvent, lifecycleEvents } from './graph/subscriptions/lifecycle-body.ts'
import { InvalidInput } from './invalid-input.ts'
import { type AppSettings, busyForms, servicePrincipalStates, type TenantSettings } from './tenant.ts'

const isGuid: Check = (value) => isString(value) && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)
const isAddress: Check = (value) => isString(value) && /^[^\s@]+@[^\s@]+$/.test(value)

const mailboxChecks = {
  password: orNull(isString),
  ewsEnabled: isBoolean,
  graphEnabled: isBoolean,
  isFull: isBoolean,
  imapEnabled: isBoolean,
  smtpAuthDisabled: orNull(isBoolean),
}

export function readNewMailbox(value: unknown): NewMailbox {
  const checks = {
    address: isAddress,
    displayName: isString,
    locale: isString,
    aliases: (aliases: unknown) => Array.isArray(aliases) && aliases.every(isAddress),
    ...mailboxChecks,
  }
  return check(value, checks, ['address']) as unknown as NewMailbox
}

export function readMailboxSettings(value: unknown): MailboxSettings {
  return check(value, mailboxChecks) as MailboxSettings
}

export function readTenantSettings(value: unknown): TenantSettings {
  return check(value, tenantChecks) as TenantSettings
}

/** A tenant to add: its directory id and domains beside the settings. */
export function readNewTenant(value: unknown): { id: string; settings: TenantSettings } {
  const { id, ...settings } = check(value, { id: isGuid, ...tenantChecks }, ['id', 'domains'])
  return { id: String(id), settings }
}

/**
 * A whole company, as `--company` reads it from a file.
 * @throws InvalidInput
 */
export function readCompany(value: unknown): Company {
  const isMailboxes: Check = (mailboxes) =>
    Array.isArray(mailboxes) && mailboxes.every((one) => Boolean(readNewMailbox(one)))
  const checks = { id: isGuid, ...tenantChecks, mailboxes: isMailboxes }
  return check(value, checks, ['id', 'domains', 'mailboxes']) as unknown as Company
}

const tenantChecks: Record<string, Check> = {
  displayName: isString,
  cloud: oneOf(cloudNames),
  domains: isStrings,
  apps: (apps) => Array.isArray(apps) && apps.every((app) => Boolean(readApp(app))),
  exchangeServer: orNull((server) => Boolean(check(server, { domain: isString }, ['domain']))),
  ewsEnabled: orNull(isBoolean),
  allowedAppIds: isStrings,
  emptyListBlocks: isBoolean,
  userAgentPolicy: orNull((policy) =>
    Boolean(
      check(policy, { mode: oneOf(['EnforceAllowList', 'EnforceBlockList']), patterns: isStrings }, [
        'mode',
        'patterns',
      ]),
    ),
  ),
  tokenLifetimeSeconds: isCount,
  clockToleranceSeconds: isFromZero,
  exchangeClockAheadSeconds: isNumber,
  roundTripMs: isFromZero,
  messageRateLimit: orNull(isCount),
  sentCopyDelaySeconds: isFromZero,
  recipientRateLimit: orNull(isCount),
  smtpAuthDisabled: isBoolean,
  smtpConnections: orNull(isCount),
  imapConnections: orNull(isCount),
  heartbeatSeconds: isCount,
  bareStreams: isBoolean,
  pageLimit: isCount,
  concurrency: orNull(isCount),
  graph: (graph) => Boolean(check(graph, graphChecks)),
  throttling: orNull((throttling) =>
    Boolean(check(throttling, { itemsPerMinute: isCount, as: oneOf(busyForms) }, ['itemsPerMinute', 'as'])),
  ),
}

const isCertificate: Check = (pem) => {
  if (!isString(pem)) return false
  try {
    return Boolean(new X509Certificate(pem))
  } catch {
    return false
  }
}

function readApp(value: unknown): AppSettings {
  const isMoment: Check = (moment) => isString(moment) && !Number.isNaN(Date.parse(moment))
  const isSecret: Check = (secret) =>
    Boolean(check(secret, { value: isString, expiresAt: orNull(isMoment) }, ['value', 'expiresAt']))
  return check(
    value,
    {
      id: isString,
      secrets: (secrets) => Array.isArray(secrets) && secrets.every(isSecret),
      roles: isStrings,
      mailboxes: orNull(isStrings),
      rbacMailboxes: orNull(isStrings),
      rbacGraph: (scopes) =>
        Boolean(check(scopes, Object.fromEntries(graphPermissions.map((role) => [role, isStrings])))),
      rbacSmtp: orNull(isStrings),
      isKnownToExchange: isBoolean,
      fullAccess: orNull(isStrings),
      certificates: (certificates) => Array.isArray(certificates) && certificates.every(isCertificate),
      servicePrincipal: oneOf(servicePrincipalStates),
    },
    ['id'],
  ) as unknown as AppSettings
}

/** `{ offsetMs }` sets the clock's offset, `{ advanceMs }` adds to it. */
export function readOffset(value: unknown, present: number): number {
  const { offsetMs, advanceMs } = check(value, { offsetMs: isNumber, advanceMs: isFromZero })
  if ((offsetMs === undefined) === (advanceMs === undefined)) {
    throw new InvalidInput('either "offsetMs" or "advanceMs" is needed')
  }
  return isNumber(offsetMs) ? offsetMs : present + Number(advanceMs)
}

/** `{ text, subject? }` switches the out-of-office answer on, `{ text: null }` off. */
export function readAutomaticReply(value: unknown): { text: string; subject?: string } | null {
  const reply = check(value, { text: orNull(isString), subject: isString }, ['text'])
  if (!isString(reply.text)) return null
  return { text: reply.text, ...(isString(reply.subject) ? { subject: reply.subject } : {}) }
}

/** `{ event }`: what happens to the subscriptions of Graph. */
export function readLifecycle(value: unknown): LifecycleEvent {
  return check(value, { event: oneOf(lifecycleEvents) }, ['event']).event as LifecycleEvent
}
