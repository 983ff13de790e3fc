import { Grid, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Facts } from '../../parts/facts.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { ByHand } from './by-hand.tsx'
import { Consequences } from './consequences.tsx'
import { GivenUp } from './given-up.tsx'
import { Held } from './held.tsx'
import { MessageSource } from './message-source.tsx'
import type { Inbound } from './messages.ts'
import { NotUnderstood } from './not-understood.tsx'
import { RequestLink } from './request-link.tsx'
import { TheirWords } from './their-words.tsx'
import { TrustPanel } from './trust-panel.tsx'
import { WhatDecided } from './what-decided.tsx'

/** A reply as what we read: their words beside what decided, whether it is them, and what happened then. */
export function InboundMessage({ message }: { message: Inbound }) {
  const { t } = useTranslation('mail')
  const [isByHand, setByHand] = useState(false)
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
      <Held message={message} />
      {!isByHand && <NotUnderstood message={message} onByHand={() => setByHand(true)} />}
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <TheirWords message={message} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack gap="md">
            {isByHand && <ByHand message={message} onClose={() => setByHand(false)} />}
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
