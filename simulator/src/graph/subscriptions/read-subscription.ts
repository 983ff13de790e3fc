import { check, isString } from '../../check-json.ts'
import type { Folder } from '../../mail/folder.ts'
import type { Mailbox } from '../../mail/mailbox.ts'
import { GraphError, graphErrors } from '../graph-error.ts'
import { findFolder } from '../ids.ts'
import { checkPermission, findUser } from '../open-mailbox.ts'
import { pathSegments } from '../path-segments.ts'
import { readJson } from '../read-json.ts'
import type { Call } from '../request.ts'
import type { ChangeType, NewSubscription } from './subscription.ts'

const LONGEST_LIFE_MINUTES = 10_080 // 7 days, for Outlook's messages without their content
const CLIENT_STATE_LIMIT = 128
const changeTypes: readonly string[] = ['created', 'updated', 'deleted']

/** @throws GraphError 400 InvalidRequest, and what the resource brings about */
export function readSubscription(call: Call): NewSubscription {
  const checks = {
    changeType: isString,
    notificationUrl: isString,
    lifecycleNotificationUrl: isString,
    resource: isString,
    expirationDateTime: isString,
    clientState: (value: unknown) => isString(value) && value.length <= CLIENT_STATE_LIMIT,
    latestSupportedTlsVersion: isString,
  }
  const required = ['changeType', 'notificationUrl', 'resource', 'expirationDateTime']
  const wanted = check(readJson(call.request), checks, required)
  const resource = String(wanted.resource)
  return {
    access: call.access,
    ...readResource(call, resource),
    changeTypes: readChangeTypes(String(wanted.changeType)),
    resource,
    notificationUrl: String(wanted.notificationUrl),
    lifecycleNotificationUrl: textOrNull(wanted.lifecycleNotificationUrl),
    clientState: textOrNull(wanted.clientState),
    immutableIds: call.prefer.immutableIds,
    expiresAt: readExpiry(String(wanted.expirationDateTime), call.world.clock.now()),
  }
}

const textOrNull = (value: unknown) => (isString(value) ? value : null)

/** Milliseconds since the epoch; `now` likewise. */
export function readExpiry(text: string, now: number): number {
  const expiresAt = Date.parse(text)
  if (!/^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(text) || Number.isNaN(expiresAt))
    throw invalid(`'${text}' is no date and time with a zone.`)
  if (expiresAt <= now) throw invalid('Subscription expiration must be in the future.')
  if (expiresAt > now + LONGEST_LIFE_MINUTES * 60_000)
    throw invalid(`Subscription expiration can only be ${LONGEST_LIFE_MINUTES} minutes in the future.`)
  return expiresAt
}

/** `users/{id}/messages`, or those of a folder of the user. */
function readResource(call: Call, resource: string): { mailbox: Mailbox; folder: Folder | null } {
  const [users, user = '', ...rest] = pathSegments(`/v1.0/${resource.replace(/^\//, '')}`)
  const place = rest.map((part) => part.toLowerCase())
  const isWhole = place.length === 1 && place[0] === 'messages'
  const isFolder = place.length === 3 && place[0] === 'mailfolders' && place[2] === 'messages'
  if (users?.toLowerCase() !== 'users' || !(isWhole || isFolder))
    throw graphErrors.notSimulated(`subscriptions to ${resource}`)
  const mailbox = findUser(call.world, call.access, user)
  checkPermission(call.access, mailbox, 'read')
  return { mailbox, folder: isWhole ? null : findFolder(mailbox, rest[1] ?? '') }
}

function readChangeTypes(text: string): Set<ChangeType> {
  const types = text.split(',').map((type) => type.trim())
  for (const type of types) if (!changeTypes.includes(type)) throw invalid(`'${type}' is no changeType.`)
  return new Set(types as ChangeType[])
}

function invalid(message: string): GraphError {
  return new GraphError(400, 'InvalidRequest', message)
}
