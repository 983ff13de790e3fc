import { failed, ok, warning } from '../../mail/finding.ts'
import type { Finding } from '../../mail/mailbox.ts'
import { seconds } from './seconds.ts'
import type { SentMails } from './send-test-mails.ts'

/**
 * Whether the mail to a plus-address comes within `forMs`, with its tag. Approval e-mails bear such an address, so that
 * every answer goes astray where the mailbox takes none.
 */
export async function awaitPlusAddress(
  { plus, outcomes, at, watch }: SentMails,
  { plusAddressing }: { plusAddressing: boolean },
  forMs: number,
  signal: AbortSignal,
): Promise<Finding> {
  const told = (key: string) => ({ key: `doctor:plus-address.${key}`, values: { address: plus?.to ?? '' } })
  if (plus === null) return { ...ok(''), mend: told(plusAddressing ? 'too-long' : 'off') }
  const outcome = outcomes[1]
  if (outcome?.outcome === 'failed') return failed(outcome.error.message, told('bounced'))
  const arrival = await watch.waitFor(plus, forMs, signal)
  if (arrival === null && !watch.caughtUp()) {
    const values = { seconds: String(Math.round(forMs / 1000)) }
    return warning(plus.to, { key: 'doctor:round-trip.still-reading', values })
  }
  if (arrival === null) return failed(plus.to, told('not-arrived'))
  if (arrival.what === 'report') return failed(plus.to, told('bounced'))
  return arrival.keptAddress
    ? ok(`${plus.to} ${seconds(arrival.at - at)}`)
    : warning(plus.to, told('tag-lost'))
}
