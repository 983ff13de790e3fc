import type { Readiness } from '../lib/readiness.ts'
import type { OpenMailboxes } from '../mailboxes/open-mailboxes.ts'
import type { Context } from '../store/context.ts'
import type { SigningKey } from '../store/signing-key.ts'

/** What the API works with; `app.ts` hands it in. */
export interface ApiParts {
  context: Context
  mailboxes: OpenMailboxes
  /** Made anew at each start and known to the command line only: an administrator without a person. */
  operatorToken: string
  /** What audit checkpoints are signed with; null for an installation without. */
  signingKey: SigningKey | null
  readiness: () => Promise<Readiness>
  /** For Prometheus; the token is the configuration's, null keeps them to this machine. */
  metrics: { token: string | null; scrape(): Promise<{ contentType: string; text: string }> }
}
