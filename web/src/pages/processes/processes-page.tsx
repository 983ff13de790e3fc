import { Button, Stack, Text } from '@mantine/core'
import IconPlus from '@tabler/icons-react/icons/IconPlus'
import IconSitemap from '@tabler/icons-react/icons/IconSitemap'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '../../parts/error-state.tsx'
import { ListCard } from '../../parts/list-card.tsx'
import { LoadingState } from '../../parts/loading-state.tsx'
import { useLocalText } from '../../parts/local-text.ts'
import { MessageState } from '../../parts/message-state.tsx'
import { MoreButton } from '../../parts/more-button.tsx'
import { Page } from '../../parts/page.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { WayOn } from '../../parts/way-on.tsx'
import { processList } from './processes.ts'
import { useMayEdit } from './use-may-edit.ts'

/** What can be asked for here, and how much of it is under way. */
export function ProcessesPage() {
  const { t } = useTranslation('processes')
  const mayEdit = useMayEdit()
  const add = mayEdit && (
    <Button
      leftSection={<IconPlus size={18} aria-hidden />}
      renderRoot={(props) => <Link to="/processes/+new" {...props} />}
    >
      {t('add')}
    </Button>
  )
  return (
    <Page title={t('title')} actions={add}>
      <Text c="dimmed" mt={-16} mb="md">
        {t('lead')}
      </Text>
      <Processes />
    </Page>
  )
}

function Processes() {
  const { t } = useTranslation('processes')
  const text = useLocalText()
  const mayEdit = useMayEdit()
  const query = useInfiniteQuery(processList)
  const { data, error, refetch } = query
  if (!data) return error ? <ErrorState error={error} onRetry={refetch} /> : <LoadingState />
  const processes = data.pages.flatMap(({ items }) => items)
  if (processes.length === 0) {
    return (
      <MessageState
        icon={IconSitemap}
        title={t('empty.title')}
        action={mayEdit && <WayOn to="process" isMain />}
      >
        {t('empty.detail')}
      </MessageState>
    )
  }
  return (
    <>
      <Stack component="ul" gap="sm" p={0} m={0}>
        {processes.map((process) => (
          <ListCard
            key={process.name}
            title={text(process.title)}
            link={{ to: '/processes/$name', params: { name: process.name } }}
            badge={
              process.openRequests !== null && (
                <StateBadge kind={process.openRequests > 0 ? 'waiting' : 'quiet'}>
                  {t('open', { count: process.openRequests })}
                </StateBadge>
              )
            }
          >
            {process.description && <p style={{ margin: 0 }}>{text(process.description)}</p>}
            {t('version', { version: process.version })}
            {' · '}
            <RelativeTime at={process.importedAt} />
            {' · '}
            {t('from-mailbox', { mailbox: process.mailbox })}
          </ListCard>
        ))}
      </Stack>
      <MoreButton {...query} />
    </>
  )
}
