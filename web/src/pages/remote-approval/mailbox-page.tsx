import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useReducer } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '../../parts/error-state.tsx'
import { LoadingState } from '../../parts/loading-state.tsx'
import { Page } from '../../parts/page.tsx'
import { MailboxEditor } from './mailbox-editor.tsx'
import { mailboxNamed } from './mailboxes.ts'

/** One mailbox: its settings, how it does, and the test of its connection. */
export function MailboxPage() {
  const { t } = useTranslation('remote-approval')
  const { mailbox: name } = useParams({ from: '/shell/configuration/remote-approval/$mailbox' })
  const { data, error, refetch } = useQuery(mailboxNamed(name))
  // A move changes the settings behind the form, which then begins anew.
  const [moves, countMove] = useReducer((count: number) => count + 1, 0)
  const crumbs = [
    { label: t('configuration') },
    { label: t('title'), to: '/configuration/remote-approval' as const },
  ]
  return (
    <Page title={data ? data.settings.user : name} crumbs={crumbs}>
      {data ? (
        <MailboxEditor key={`${data.name} ${moves}`} mailbox={data} onMoved={countMove} />
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <LoadingState />
      )}
    </Page>
  )
}
