import { Button, Group, Text } from '@mantine/core'
import IconMailbox from '@tabler/icons-react/icons/IconMailbox'
import IconMailSearch from '@tabler/icons-react/icons/IconMailSearch'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '../../parts/error-state.tsx'
import { LoadingState } from '../../parts/loading-state.tsx'
import { MessageState } from '../../parts/message-state.tsx'
import { MoreButton } from '../../parts/more-button.tsx'
import { Page } from '../../parts/page.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { WayOn } from '../../parts/way-on.tsx'
import type { Filter } from './filter.ts'
import { Filters } from './filters.tsx'
import { MailTable } from './mail-table.tsx'
import { type ListedMessage, mailLog } from './messages.ts'
import { useLive } from './use-live.ts'

/** The mail log: what came in, what was made of it, what went out; it changes while one looks. */
export function MailPage() {
  const { t } = useTranslation('mail')
  const filter = useSearch({ from: '/shell/mail' })
  const isLive = useLive(filter)
  const query = useInfiniteQuery(mailLog(filter, isLive))
  const { data, error, refetch } = query
  if (error && !data) {
    return (
      <Page title={t('title')}>
        <ErrorState error={error} onRetry={refetch} />
      </Page>
    )
  }
  return (
    <Page
      title={t('title')}
      actions={
        data && (
          <Group gap="sm">
            <StateBadge kind={isLive ? 'done' : 'waiting'}>{t(isLive ? 'live.on' : 'live.off')}</StateBadge>
            <Button
              variant="default"
              size="xs"
              renderRoot={(props) => <Link to="/mail/footers" {...props} />}
            >
              {t('footers.link')}
            </Button>
            <Button variant="default" size="xs" renderRoot={(props) => <Link to="/mail/try" {...props} />}>
              {t('try.link')}
            </Button>
          </Group>
        )
      }
    >
      <Text c="dimmed" mt={-16} mb="md">
        {t('lead')}
      </Text>
      <Filters filter={filter} />
      {data ? (
        <Messages messages={data.pages.flatMap(({ items }) => items)} filter={filter} />
      ) : (
        <LoadingState />
      )}
      <MoreButton {...query} />
    </Page>
  )
}

function Messages({ messages, filter }: { messages: ListedMessage[]; filter: Filter }) {
  if (messages.length === 0) return <Nothing isFiltered={Object.keys(filter).length > 0} />
  return <MailTable messages={messages} />
}

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  const { t } = useTranslation('mail')
  if (!isFiltered) {
    return (
      <MessageState icon={IconMailbox} title={t('empty.title')} action={<WayOn to="request" />}>
        {t('empty.detail')}
      </MessageState>
    )
  }
  return (
    <MessageState
      icon={IconMailSearch}
      title={t('empty.filtered-title')}
      action={
        <Button variant="default" renderRoot={(props) => <Link to="/mail" search={{}} {...props} />}>
          {t('filter.clear')}
        </Button>
      }
    >
      {t('empty.filtered-detail')}
    </MessageState>
  )
}
