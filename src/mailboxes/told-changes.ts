import type { CertificateFacts, MailboxSettings } from '../lib/mailbox-settings.ts'
import type { ToldChange } from '../store/schema.ts'
import { secretName } from './mailbox-secret.ts'

/** What an administrator sets of a mailbox, but for its secret. */
export interface Configuration {
  settings: MailboxSettings
  enabled: boolean
  startFrom: Date
}

/** Settings that the form has below `mailbox` and `oauth`; it has the others below `remoteApproval`. */
const groups = {
  mailbox: new Set([
    ...['type', 'cloud', 'host', 'security', 'extraCa', 'defaultReplyTo', 'user', 'displayName', 'userAgent'],
    ...['signInName', 'saveSent', 'trustInternalMark'],
  ]),
  oauth: new Set(['clientId', 'clientSecretExpiresOn', 'scope', 'tokenEndpoint']),
}

/** Pages of text that nobody reads are told without it. */
const wordless = 'mailbox.extraCa'

/**
 * What is another in a configuration, by the names that the form has for it and group by group. `hasNewSecret`: a secret was given, of which
 * no more than that is told; a certificate is told by what everybody may know of it.
 */
export function toldChanges(
  before: Configuration,
  after: Configuration,
  { hasNewSecret }: { hasNewSecret: boolean },
): ToldChange[] {
  const [old, now] = [valuesOf(before), valuesOf(after)]
  const changed = [...new Set([...now.keys(), ...old.keys()])]
    .map((setting) => ({ setting, from: old.get(setting) ?? null, to: now.get(setting) ?? null }))
    .filter(({ from, to }) => from !== to)
    .map((change) => (change.setting === wordless ? replaced(wordless) : { ...change, replaced: false }))
  return [...changed, ...secretChange(after.settings, hasNewSecret)].sort((one, other) =>
    groupIn(one).localeCompare(groupIn(other)),
  )
}

function secretChange(settings: MailboxSettings, hasNewSecret: boolean): ToldChange[] {
  const secret = secretName(settings)
  if (!hasNewSecret || secret === 'certificate') return []
  return [replaced(secret === 'password' ? 'mailbox.password' : 'oauth.clientSecret')]
}

const groupIn = ({ setting }: ToldChange) => setting.split('.')[0] ?? ''

const replaced = (setting: string): ToldChange => ({ setting, from: null, to: null, replaced: true })

type Value = ToldChange['from']

function valuesOf({ settings, enabled, startFrom }: Configuration): Map<string, Value> {
  return new Map([
    ...leavesOf(settings),
    ['remoteApproval.enabled', enabled],
    ['remoteApproval.startFrom', startFrom.toISOString()],
  ])
}

function leavesOf(settings: object): [string, Value][] {
  return Object.entries(settings).flatMap(([key, value]): [string, Value][] => {
    if (key === 'oauth') return leavesOf(value ?? {})
    if (key === 'certificate') return [['oauth.certificate', value && certificateInWords(value)]]
    if (key === 'imap' || key === 'smtp') {
      return Object.entries<Value>(value).map(([name, one]) => [`mailbox.${key}.${name}`, one])
    }
    return [[`${groupOf(key)}.${key}`, value]]
  })
}

function groupOf(key: string): string {
  if (groups.mailbox.has(key)) return 'mailbox'
  return groups.oauth.has(key) ? 'oauth' : 'remoteApproval'
}

/** As the Entra portal lists it. */
const certificateInWords = ({ subject, thumbprintSha1 }: CertificateFacts) => `${subject} (${thumbprintSha1})`
