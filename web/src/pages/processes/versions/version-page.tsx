import { Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '../../../parts/error-state.tsx'
import { LoadingState } from '../../../parts/loading-state.tsx'
import { useLocalText } from '../../../parts/local-text.ts'
import { Page } from '../../../parts/page.tsx'
import { Panel } from '../../../parts/panel.tsx'
import { StateBadge } from '../../../parts/state-badge.tsx'
import { ImportedBy } from '../imported-by.tsx'
import { type Version, versionQuery } from '../processes.ts'

const Editor = lazy(() => import('../definition/editor.tsx'))
const TextDifference = lazy(() => import('./text-difference.tsx'))

/** One version of a process: who brought it in, what changed with it, and all of its text. */
export function VersionPage() {
  const { t } = useTranslation('processes')
  const text = useLocalText()
  const { name, version } = useParams({ from: '/shell/processes/$name/versions/$version' })
  const { data, error, refetch } = useQuery(versionQuery(name, Number(version)))
  return (
    <Page
      title={data ? t('version-of', { version, title: text(data.definition.title) }) : t('title')}
      crumbs={[{ label: t('title'), to: '/processes' }]}
      actions={
        data && (
          <StateBadge kind={data.status === 'active' ? 'done' : 'quiet'}>
            {t(`status.${data.status}`)}
          </StateBadge>
        )
      }
    >
      {data ? (
        <OneVersion version={data} />
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <LoadingState />
      )}
    </Page>
  )
}

function OneVersion({ version }: { version: Version }) {
  const { t } = useTranslation('processes')
  return (
    <Stack gap="lg">
      <Text c="dimmed" mt={-16}>
        <ImportedBy version={version} />
        {' · '}
        {t('from-mailbox', { mailbox: version.mailbox })}
        {' · '}
        {t('open-on-version', { count: version.openRequests })}
      </Text>
      <Suspense fallback={<LoadingState />}>
        {version.previous === null ? (
          <Text>{t('difference.first')}</Text>
        ) : (
          <Difference version={version} previous={version.previous} />
        )}
        <Panel title={t('whole-text')}>
          <Editor text={version.source} label={t('whole-text')} problems={null} line={null} />
        </Panel>
      </Suspense>
    </Stack>
  )
}

function Difference({ version, previous }: { version: Version; previous: number }) {
  const { t } = useTranslation('processes')
  const { data, error, refetch } = useQuery(versionQuery(version.name, previous))
  if (!data) return error ? <ErrorState error={error} onRetry={refetch} /> : <LoadingState />
  return (
    <TextDifference
      title={t('difference.from', { version: previous })}
      before={data.source}
      after={version.source}
    />
  )
}
