import { createFormContext } from '@mantine/form'
import type { MailboxValues } from './mailbox-values.ts'

export const [MailboxFormProvider, useMailboxFormContext, useMailboxForm] = createFormContext<MailboxValues>()
