import { Stack, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '../../parts/error-state.tsx'
import { LoadingState } from '../../parts/loading-state.tsx'
import { MoreButton } from '../../parts/more-button.tsx'
import { Page } from '../../parts/page.tsx'
import { SessionCard } from './session-card.tsx'
import { sessionsQuery } from './sessions.ts'

/** Where one is signed in, and the way to end what one does not know. */
export function SessionsPage() {
  const { t } = useTranslation('sessions')
  const query = useInfiniteQuery(sessionsQuery)
  const { data, error, refetch } = query
  return (
    <Page title={t('title')}>
      {data ? (
        <>
          <Text mb="lg">{t('lead')}</Text>
          <Stack component="ul" gap="sm" p={0} m={0}>
            {data.pages
              .flatMap(({ items }) => items)
              .map((session) => (
                <SessionCard key={session.id} session={session} />
              ))}
          </Stack>
          <MoreButton {...query} />
        </>
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <LoadingState />
      )}
    </Page>
  )
}
