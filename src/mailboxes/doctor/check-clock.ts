import { failed, ok, warning } from '../../mail/finding.ts'
import type { Finding } from '../../mail/mailbox.ts'

/** From here on, tokens and deadlines begin to suffer. */
const NOTABLE_SECONDS = 60
/** Entra and Exchange take times that differ by five minutes. */
const FAR_SECONDS = 300

/**
 * How far our clock is from those of the servers. `skews` are milliseconds by which a server's clock was ahead of ours when
 * its answer came; HTTP tells whole seconds (RFC 9110, 5.6.7).
 */
export function checkClock(skews: readonly number[]): Finding {
  if (skews.length === 0) return warning('', { key: 'doctor:clock.unknown', values: {} })
  const furthest = skews.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a))
  const seconds = Math.round(Math.abs(furthest) / 1000)
  const sign = seconds === 0 ? '' : furthest < 0 ? '-' : '+'
  const evidence = `${sign}${seconds} s`
  const values = { seconds: String(seconds) }
  if (seconds >= FAR_SECONDS) return failed(evidence, { key: 'doctor:clock.far-off', values })
  if (seconds >= NOTABLE_SECONDS) return warning(evidence, { key: 'doctor:clock.differs', values })
  return ok(evidence)
}
