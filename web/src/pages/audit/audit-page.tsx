import { Button, Group, Text } from '@mantine/core'
import IconDownload from '@tabler/icons-react/icons/IconDownload'
import IconListSearch from '@tabler/icons-react/icons/IconListSearch'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '../../parts/error-state.tsx'
import { EvidenceButton } from '../../parts/evidence-button.tsx'
import { LoadingState } from '../../parts/loading-state.tsx'
import { MessageState } from '../../parts/message-state.tsx'
import { MoreButton } from '../../parts/more-button.tsx'
import { Page } from '../../parts/page.tsx'
import { useTimeZone } from '../../parts/time-zone.ts'
import { WayOn } from '../../parts/way-on.tsx'
import { AuditTabs } from './audit-tabs.tsx'
import { ChainPanel } from './chain-panel.tsx'
import { type Entry, entriesQuery, exportAddress } from './entries.ts'
import { EntryFilters } from './entry-filters.tsx'
import { EntryTable } from './entry-table.tsx'
import type { Filter } from './filter.ts'

/** The audit: whether it is the one that was written, and what happened to all requests. */
export function AuditPage() {
  const { t, i18n } = useTranslation('audit')
  const filter = useSearch({ from: '/shell/audit' })
  const timeZone = useTimeZone()
  const query = useInfiniteQuery(entriesQuery(filter, { language: i18n.language, timeZone }))
  const { data, error, refetch } = query
  if (error && !data) {
    return (
      <Page title={t('title')}>
        <ErrorState error={error} onRetry={refetch} />
      </Page>
    )
  }
  const entries = data?.pages.flatMap(({ items }) => items)
  return (
    <Page title={t('title')}>
      <AuditTabs />
      <ChainPanel />
      <EntryFilters filter={filter} />
      {entries ? <Entries entries={entries} filter={filter} /> : <LoadingState />}
      <MoreButton {...query} />
    </Page>
  )
}

function Entries({ entries, filter }: { entries: Entry[]; filter: Filter }) {
  const { t } = useTranslation('audit')
  if (entries.length > 0) {
    return (
      <>
        <Exports filter={filter} />
        <EntryTable entries={entries} />
      </>
    )
  }
  const isFiltered = Object.keys(filter).length > 0
  return (
    <MessageState
      icon={IconListSearch}
      title={t(isFiltered ? 'empty.filtered-title' : 'empty.title')}
      action={
        isFiltered ? (
          <Button variant="default" renderRoot={(props) => <Link to="/audit" search={{}} {...props} />}>
            {t('filter.clear')}
          </Button>
        ) : (
          <WayOn to="request" />
        )
      }
    >
      {t(isFiltered ? 'empty.filtered-detail' : 'empty.detail')}
    </MessageState>
  )
}

/** All that fits the filters, not only what is shown. */
function Exports({ filter }: { filter: Filter }) {
  const { t, i18n } = useTranslation('audit')
  const timeZone = useTimeZone()
  return (
    <Group gap="xs" mb="sm" justify="flex-end">
      <Text size="sm" c="dimmed">
        {t('export.label')}
      </Text>
      {(['csv', 'jsonl'] as const).map((format) => (
        <Button
          key={format}
          component="a"
          href={exportAddress(filter, format, { language: i18n.language, timeZone })}
          download
          variant="default"
          size="xs"
          leftSection={<IconDownload size={14} aria-hidden />}
        >
          {t(`export.${format}`)}
        </Button>
      ))}
      {filter.request !== undefined && <EvidenceButton of="requests" id={filter.request} />}
    </Group>
  )
}
