import type { Locale } from '../../lib/translate.ts'
import type { Block } from './mail-content.ts'

/** All that stands in the body of a mail, cleaned and bounded, in its order. */
export interface MailBody {
  locale: Locale
  /** The line above which an answer is written; null when no answer is expected. */
  marker: string | null
  lead: string
  title: string
  amount: string | null
  blocks: Block[]
}
