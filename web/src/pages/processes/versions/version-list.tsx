import { Stack } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '../../../parts/error-state.tsx'
import { ListCard } from '../../../parts/list-card.tsx'
import { LoadingState } from '../../../parts/loading-state.tsx'
import { MoreButton } from '../../../parts/more-button.tsx'
import { StateBadge } from '../../../parts/state-badge.tsx'
import { ImportedBy } from '../imported-by.tsx'
import { versionList } from '../processes.ts'

/** What a process was before, newest first. */
export function VersionList({ name }: { name: string }) {
  const { t } = useTranslation('processes')
  const query = useInfiniteQuery(versionList(name))
  const { data, error, refetch } = query
  if (!data) return error ? <ErrorState error={error} onRetry={refetch} /> : <LoadingState />
  return (
    <>
      <Stack component="ul" gap="sm" p={0} m={0}>
        {data.pages
          .flatMap(({ items }) => items)
          .map((version) => (
            <ListCard
              key={version.version}
              title={t('version', { version: version.version })}
              link={{
                to: '/processes/$name/versions/$version',
                params: { name, version: String(version.version) },
              }}
              badge={
                <StateBadge kind={version.status === 'active' ? 'done' : 'quiet'}>
                  {t(`status.${version.status}`)}
                </StateBadge>
              }
            >
              <ImportedBy version={version} />
              {' · '}
              {t('from-mailbox', { mailbox: version.mailbox })}
              {' · '}
              {t('open-on-version', { count: version.openRequests })}
            </ListCard>
          ))}
      </Stack>
      <MoreButton {...query} />
    </>
  )
}
