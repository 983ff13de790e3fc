import { Button, Stack } from '@mantine/core'
import IconFileText from '@tabler/icons-react/icons/IconFileText'
import IconPlus from '@tabler/icons-react/icons/IconPlus'
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
import { WayOn } from '../../parts/way-on.tsx'
import { RequestState } from './request-state.tsx'
import { ownRequests } from './requests.ts'

/** The requests that the reader has made, and where each of them stands. */
export function RequestsPage() {
  const { t } = useTranslation('requests')
  return (
    <Page
      title={t('title')}
      actions={
        <Button
          leftSection={<IconPlus size={18} stroke={1.75} aria-hidden />}
          renderRoot={(props) => <Link to="/requests/new" {...props} />}
        >
          {t('new')}
        </Button>
      }
    >
      <Requests />
    </Page>
  )
}

function Requests() {
  const { t } = useTranslation('requests')
  const text = useLocalText()
  const query = useInfiniteQuery(ownRequests)
  const { data, error, refetch } = query
  if (!data) return error ? <ErrorState error={error} onRetry={refetch} /> : <LoadingState />
  const requests = data.pages.flatMap(({ items }) => items)
  if (requests.length === 0) {
    return (
      <MessageState icon={IconFileText} title={t('empty.title')} action={<WayOn to="request" />}>
        {t('empty.detail')}
      </MessageState>
    )
  }
  return (
    <>
      <Stack component="ul" gap="sm" p={0} m={0}>
        {requests.map((request) => (
          <ListCard
            key={request.id}
            title={text(request.titles)}
            link={{ to: '/requests/$id', params: { id: String(request.id) } }}
            badge={<RequestState request={request} />}
          >
            {request.endingTitle && (
              <>
                <strong>{text(request.endingTitle)}</strong>
                {' · '}
              </>
            )}
            {t('request', { number: request.id })}
            {' · '}
            {text(request.process.title)}
            {' · '}
            <RelativeTime at={request.createdAt} />
          </ListCard>
        ))}
      </Stack>
      <MoreButton {...query} />
    </>
  )
}
