import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '../../../parts/error-state.tsx'
import { mailboxNames } from '../processes.ts'
import type { Draft } from '../use-draft.ts'

/** Where the mails of a process go out from; not asked where there is nothing to choose. */
export function MailboxChoice({ draft }: { draft: Draft }) {
  const { t } = useTranslation('processes')
  const { data: names, error, refetch } = useQuery(mailboxNames)
  if (error && !names) return <ErrorState error={error} onRetry={refetch} />
  const known = [...(names ?? [])]
  if (known.length < 2) return null
  const choices = draft.mailbox === null ? [{ value: '', label: t('mailbox.choose') }, ...known] : known
  return (
    <NativeSelect
      label={t('mailbox.label')}
      description={t('mailbox.hint')}
      maw={420}
      data={choices}
      value={draft.mailbox ?? ''}
      onChange={(event) => draft.setMailbox(event.currentTarget.value)}
    />
  )
}
