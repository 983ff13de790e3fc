import { Stack, Text } from '@mantine/core'
import IconFileText from '@tabler/icons-react/icons/IconFileText'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { sessionQuery } from '../../api/session.ts'
import { ErrorState } from '../../parts/error-state.tsx'
import { ListCard } from '../../parts/list-card.tsx'
import { LoadingState } from '../../parts/loading-state.tsx'
import { useLocalText } from '../../parts/local-text.ts'
import { MessageState } from '../../parts/message-state.tsx'
import { MoreButton } from '../../parts/more-button.tsx'
import { Page } from '../../parts/page.tsx'
import { WayOn } from '../../parts/way-on.tsx'
import { processesQuery } from './processes.ts'

/** What a request can be made for. */
export function ProcessesPage() {
  const { t } = useTranslation('new-request')
  return (
    <Page title={t('title')} crumbs={[{ label: t('requests'), to: '/requests' }]}>
      <Processes />
    </Page>
  )
}

function Processes() {
  const { t, i18n } = useTranslation('new-request')
  const text = useLocalText()
  const { data: session } = useQuery(sessionQuery)
  const query = useInfiniteQuery(processesQuery)
  const { data, error, refetch } = query
  if (!data) return error ? <ErrorState error={error} onRetry={refetch} /> : <LoadingState />
  // As they are called in the reader's language; the server has them by their names, which nobody sees here.
  const processes = data.pages
    .flatMap(({ items }) => items)
    .sort((one, other) => text(one.title).localeCompare(text(other.title), i18n.language))
  if (processes.length === 0) {
    const mayMake = session?.person.role === 'administrator'
    return (
      <MessageState
        icon={IconFileText}
        title={t('empty.title')}
        action={<WayOn to={mayMake ? 'process' : 'requests'} isMain={mayMake} />}
      >
        {t(mayMake ? 'empty.yours' : 'empty.detail')}
      </MessageState>
    )
  }
  return (
    <>
      <Text mb="md">{t('choose')}</Text>
      <Stack component="ul" gap="sm" p={0} m={0}>
        {processes.map(({ name, title, description }) => (
          <ListCard
            key={name}
            title={text(title)}
            link={{ to: '/requests/new/$process', params: { process: name } }}
          >
            {description && text(description)}
          </ListCard>
        ))}
      </Stack>
      <MoreButton {...query} />
    </>
  )
}
