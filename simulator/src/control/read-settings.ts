import type { Fault, FaultAnswer } from '../faults.ts'
import type { AppSettings, TenantSettings } from '../tenant.ts'
import type { NewMailbox } from '../world.ts'
import { InvalidInput } from './invalid-input.ts'

type Json = Record<string, unknown>

/** Checks of what the control API takes, so that a misspelt member fails at once and not as a puzzling answer later. */

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
    if (!checks[name])
      throw new InvalidInput(`"${name}" is not known; known are: ${Object.keys(checks).join(', ')}`)
    if (!checks[name](member)) throw new InvalidInput(`"${name}" has a value that does not fit`)
  }
  for (const name of required) if (value[name] === undefined) throw new InvalidInput(`"${name}" is missing`)
  return value
}

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
  return check(value, {
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
  }) as TenantSettings
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

export function readFault(value: unknown): Fault {
  const checks = {
    operation: isString,
    times: isCount,
    answer: (answer: unknown) => Boolean(readFaultAnswer(answer)),
  }
  return check(value, checks, ['operation', 'times', 'answer']) as unknown as Fault
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
