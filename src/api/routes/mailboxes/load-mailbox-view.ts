import type { z } from 'zod'
import { AppError } from '../../../lib/app-error.ts'
import type { Locale } from '../../../lib/translate.ts'
import type { Context } from '../../../store/context.ts'
import { loadMailboxViews } from './load-mailbox-views.ts'
import type { mailboxView } from './mailbox-view.ts'

/** The mailbox of this name as an administrator sees it. Throws `mailbox-not-found`. */
export async function loadMailboxView(
  context: Pick<Context, 'db' | 'clock'>,
  locale: Locale,
  name: string,
): Promise<z.output<typeof mailboxView>> {
  const [view] = await loadMailboxViews(context, locale, name)
  if (!view) throw new AppError('mailbox-not-found', { mailbox: name })
  return view
}
