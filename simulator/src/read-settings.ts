import type { Company, NewMailbox } from './company.ts'
import type { Fault, FaultAnswer } from './faults.ts'
import { InvalidInput } from './invalid-input.ts'
import type { AppSettings, TenantSettings } from './tenant.ts'

type Json = Record<string, unknown>

/** Checks of what the control API and the company file say, so that a misspelt member fails at once and not as a puzzling answer later. */

const isString = (value: unknown): value is string => typeof value === 'string'
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)
const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean'
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isStrings = (value: unknown) => Array.isArray(value) && value.every(isString)
const isCount = (value: unknown) => isNumber(value) && Number.isInteger(value) && value > 0
const isMilliseconds = (value: unknown) => isNumber(value) && value >= 0
const orNull = (check: Check) => (value: unknown) => value === null || check(value)

type Check = (value: unknown) => boolean

/** @throws InvalidInput for a member that has no check or fails it, and for a missing one of `required` */
function check(value: unknown, checks: Record<string, Check>, required: string[] = []): Json {
  if (!isObject(value)) throw new InvalidInput('a JSON object is needed')
  for (const [name, member] of Object.entries(value)) {
    const isValid = Object.hasOwn(checks, name) ? checks[name] : undefined
    if (!isValid)
      throw new InvalidInput(`"${name}" is not known; known are: ${Object.keys(checks).join(', ')}`)
    if (!isValid(member)) throw new InvalidInput(`"${name}" has a value that does not fit`)
  }
  for (const name of required) if (value[name] === undefined) throw new InvalidInput(`"${name}" is missing`)
  return value
}

const isGuid: Check = (value) => isString(value) && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)
const isAddress: Check = (value) => isString(value) && /^[^\s@]+@[^\s@]+$/.test(value)

export function readNewMailbox(value: unknown): NewMailbox {
  const checks = {
    address: isAddress,
    displayName: isString,
    locale: isString,
    aliases: (aliases: unknown) => Array.isArray(aliases) && aliases.every(isAddress),
  }
  return check(value, checks, ['address']) as unknown as NewMailbox
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
  domains: isStrings,
  apps: (apps) => Array.isArray(apps) && apps.every((app) => Boolean(readApp(app))),
  ewsEnabled: orNull(isBoolean),
  allowedAppIds: isStrings,
  emptyListBlocks: isBoolean,
  userAgentPolicy: orNull((policy) =>
    Boolean(check(policy, { mode: isPolicyMode, patterns: isStrings }, ['mode', 'patterns'])),
  ),
  tokenLifetimeSeconds: isCount,
  roundTripMs: isMilliseconds,
  messageRateLimit: orNull(isCount),
  heartbeatSeconds: isCount,
}

const isPolicyMode: Check = (mode) => mode === 'EnforceAllowList' || mode === 'EnforceBlockList'

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
    },
    ['id'],
  ) as unknown as AppSettings
}

/** @param operations the names a fault may be laid for; a misspelt one would never be met */
export function readFault(value: unknown, operations: string[]): Fault {
  const checks = {
    operation: (name: unknown) => isString(name) && operations.includes(name),
    times: isCount,
    answer: (answer: unknown) => Boolean(readFaultAnswer(answer)),
  }
  const fault = check(value, checks, ['operation', 'times', 'answer']) as unknown as Fault
  if (fault.operation === 'Token' && typeof fault.answer === 'object' && 'code' in fault.answer) {
    throw new InvalidInput('"code" is an error of EWS; give the token endpoint a "status" and a "body"')
  }
  return fault
}

function readFaultAnswer(value: unknown): FaultAnswer {
  if (value === 'cut' || value === 'cutAfter') return value
  if (!isObject(value)) throw new InvalidInput('"answer" is "cut", "cutAfter" or an object')
  if ('waitMs' in value) return check(value, { waitMs: isMilliseconds }) as unknown as FaultAnswer
  if ('code' in value) {
    const isForm: Check = (form) => form === 'fault' || form === 'response'
    return check(value, {
      code: isString,
      as: isForm,
      backOffMilliseconds: isMilliseconds,
    }) as unknown as FaultAnswer
  }
  const isHeaders: Check = (headers) => isObject(headers) && Object.values(headers).every(isString)
  return check(value, { status: isCount, headers: isHeaders, body: isString }, [
    'status',
  ]) as unknown as FaultAnswer
}

/** `{ offsetMs }` sets the clock's offset, `{ advanceMs }` adds to it. */
export function readOffset(value: unknown, present: number): number {
  const { offsetMs, advanceMs } = check(value, { offsetMs: isNumber, advanceMs: isMilliseconds })
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
