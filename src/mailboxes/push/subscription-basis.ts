/** What a mailbox's subscription rests on, as digests that are stored with it and compared later. */
import { createHash } from 'node:crypto'
import type { MailboxSettings } from '../../lib/mailbox-settings.ts'
import { activeStates } from '../active-states.ts'
import { applicationOf } from '../application-of.ts'
import type { MailboxRow } from '../open-mailboxes.ts'

/** All that decides whether there is to be a subscription and how it is made: when it changes, it is looked at again. */
export function basisOf({ settings, secrets, state }: MailboxRow, publicUrl: string | null): string {
  const isActive = activeStates.some((active) => active === state)
  return digest([settings, secrets?.toString('base64'), isActive || state, publicUrl])
}

/** What the provider has a subscription for. One for another mailbox, application or address of ours is of no use. */
export function targetOf(settings: MailboxSettings, publicUrl: string): string {
  const application = applicationOf(settings)
  const host = 'host' in settings ? settings.host : null
  return digest([
    publicUrl,
    settings.type,
    host,
    settings.user,
    application?.clientId,
    application?.tokenEndpoint,
  ])
}

function digest(values: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('base64url')
}
