import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '../../parts/error-state.tsx'
import { LoadingState } from '../../parts/loading-state.tsx'
import { useLocalText } from '../../parts/local-text.ts'
import { Page } from '../../parts/page.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { ImportedBy } from './imported-by.tsx'
import { ProcessEditor } from './process-editor.tsx'
import { ProcessViews } from './process-views.tsx'
import { activeVersion, type Version } from './processes.ts'
import { useMayEdit } from './use-may-edit.ts'

/** One process: its flow, its text, its keywords, its mail and what it was before. */
export function ProcessPage() {
  const { t } = useTranslation('processes')
  const text = useLocalText()
  const { name } = useParams({ from: '/shell/processes/$name' })
  const { data: version, error, refetch } = useQuery(activeVersion(name))
  return (
    <Page
      title={version ? text(version.definition.title) : t('title')}
      crumbs={[{ label: t('title'), to: '/processes' }]}
      actions={version && <StateBadge kind="done">{t('version', { version: version.version })}</StateBadge>}
    >
      {version ? (
        <OneProcess key={name} version={version} />
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <LoadingState />
      )}
    </Page>
  )
}

function OneProcess({ version }: { version: Version }) {
  const { t } = useTranslation('processes')
  const mayEdit = useMayEdit()
  return (
    <>
      <Text c="dimmed" mt={-16} mb="md">
        <ImportedBy version={version} />
        {' · '}
        {t('from-mailbox', { mailbox: version.mailbox })}
        {' · '}
        {t('open-on-version', { count: version.openRequests })}
      </Text>
      {mayEdit ? (
        <ProcessEditor version={version} />
      ) : (
        <ProcessViews
          name={version.name}
          text={version.source}
          definition={version.definition}
          problems={[]}
        />
      )}
    </>
  )
}
