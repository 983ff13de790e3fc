import { failed, ok, warning } from '../../mail/finding.ts'
import type { Finding } from '../../mail/mailbox.ts'
import { seconds } from './seconds.ts'
import type { SentMails } from './send-test-mails.ts'

/** From here on it is worth a word. */
const slowMs = 30_000

/** Whether the test mail comes back within `forMs`, and after how many seconds. */
export async function awaitRoundTrip(
  { plain, at, watch }: SentMails,
  forMs: number,
  signal: AbortSignal,
): Promise<Finding> {
  const arrival = await watch.waitFor(plain, forMs, signal)
  const told = (key: string) => ({
    key: `doctor:round-trip.${key}`,
    values: { seconds: String(Math.round(forMs / 1000)) },
  })
  if (arrival === null) {
    const waited = seconds(performance.now() - at)
    return watch.caughtUp() ? failed(waited, told('not-arrived')) : warning(waited, told('still-reading'))
  }
  if (arrival.what === 'report') return failed(plain.to, told('bounced'))
  const took = arrival.at - at
  if (arrival.folder === 'junk') return warning(seconds(took), told('in-junk'))
  if (!arrival.cleared) return warning(seconds(took), told('not-cleared'))
  return took > slowMs ? warning(seconds(took), told('slow')) : ok(seconds(took))
}
