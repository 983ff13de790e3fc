import { Grid, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { Consequences } from './consequences.tsx'
import { Facts } from './facts.tsx'
import { GivenUp } from './given-up.tsx'
import { MessageSource } from './message-source.tsx'
import type { Inbound } from './messages.ts'
import { RequestLink } from './request-link.tsx'
import { TheirWords } from './their-words.tsx'
import { TrustPanel } from './trust-panel.tsx'
import { WhatDecided } from './what-decided.tsx'

/** A reply as what we read: their words beside what decided, whether it is them, and what happened then. */
export function InboundMessage({ message }: { message: Inbound }) {
  const { t } = useTranslation('mail')
  return (
    <Stack gap="md">
      <Facts
        facts={[
          [t('facts.from'), <bdi key="from">{message.from || t('no-sender')}</bdi>],
          [t('facts.received'), <RelativeTime key="received" at={message.receivedAt} />],
          [t('facts.person'), message.person?.name],
          [t('facts.request'), message.request && <RequestLink key="request" request={message.request} />],
          [t('facts.mailbox'), message.mailbox],
        ]}
      />
      <GivenUp message={message} />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <TheirWords message={message} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack gap="md">
            <WhatDecided message={message} />
            <TrustPanel verdict={message.verdict} />
            <Consequences message={message} />
          </Stack>
        </Grid.Col>
      </Grid>
      {message.erasedAt === null && <MessageSource id={message.id} />}
    </Stack>
  )
}
