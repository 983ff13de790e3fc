import { Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '../../parts/error-state.tsx'
import { EvidenceButton } from '../../parts/evidence-button.tsx'
import { LoadingState } from '../../parts/loading-state.tsx'
import { Page } from '../../parts/page.tsx'
import { InboundMessage } from './inbound-message.tsx'
import { type Message, messageQuery } from './messages.ts'
import { OutboundMessage } from './outbound-message.tsx'
import { StandingBadge } from './standing-badge.tsx'
import { titleOf } from './title-of.ts'
import { UnfetchedMessage } from './unfetched-message.tsx'

/** One message: of a reply what was read in it, trusted and done; of a mail of ours what it says and where it is. */
export function MessagePage() {
  const { t, i18n } = useTranslation('mail')
  const { id } = useParams({ from: '/shell/mail/$id' })
  const { data: message, error, refetch } = useQuery(messageQuery(id, i18n.language))
  return (
    <Page
      title={message ? titleOf(message, t) : t('title')}
      crumbs={[{ label: t('title'), to: '/mail' }]}
      actions={
        message && (
          <Group gap="sm">
            {message.state !== 'unfetched' && <EvidenceButton of="messages" id={message.id} />}
            <StandingBadge standing={message.standing} />
          </Group>
        )
      }
    >
      {message ? (
        <AnyMessage message={message} />
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <LoadingState />
      )}
    </Page>
  )
}

function AnyMessage({ message }: { message: Message }) {
  if (message.direction === 'outbound') return <OutboundMessage message={message} />
  if (message.state === 'unfetched') return <UnfetchedMessage message={message} />
  return <InboundMessage message={message} />
}
