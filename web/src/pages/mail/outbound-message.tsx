import { Anchor, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Facts } from '../../parts/facts.tsx'
import { Panel } from '../../parts/panel.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { GivenUp } from './given-up.tsx'
import type { Outbound } from './messages.ts'
import classes from './outbound-message.module.css'
import { RequestLink } from './request-link.tsx'

/** A mail of ours: for whom it is, where it is on its way, and what it says. */
export function OutboundMessage({ message }: { message: Outbound }) {
  const { t } = useTranslation('mail')
  const { to, person, request, mailbox, text, createdAt, sentAt, inReplyTo } = message
  return (
    <Stack gap="md">
      <Facts
        facts={[
          [t('facts.to'), person ? `${person.name} · ${to}` : to],
          [t('facts.written'), <RelativeTime key="written" at={createdAt} />],
          [t('facts.sent'), sentAt && <RelativeTime key="sent" at={sentAt} />],
          [t('facts.request'), request && <RequestLink key="request" request={request} />],
          [
            t('facts.answers'),
            inReplyTo && (
              <Anchor
                key="answers"
                renderRoot={(props) => <Link to="/mail/$id" params={{ id: inReplyTo }} {...props} />}
              >
                {t('facts.reply')}
              </Anchor>
            ),
          ],
          [t('facts.mailbox'), mailbox],
        ]}
      />
      <GivenUp message={message} />
      <Course message={message} />
      <Panel title={t('sent-text.title')}>
        {text === null ? (
          <Text c="dimmed">{t(sentAt === null ? 'sent-text.waiting' : 'sent-text.erased')}</Text>
        ) : (
          <div className={classes.text}>{text}</div>
        )}
      </Panel>
    </Stack>
  )
}

/** Of a mail that is on its way: what it waits for, and how often it was tried. */
function Course({ message }: { message: Outbound }) {
  const { t } = useTranslation('mail')
  const { state, waitsFor, expectedAt, attempts, error, explanation } = message
  if (state !== 'waiting' && state !== 'sending' && state !== 'unknown') return null
  return (
    <Panel title={t('course')}>
      <Facts
        facts={[
          [t('facts.waits'), waitsFor && t(`waits-for.${waitsFor}`)],
          [t('facts.expected'), expectedAt && <RelativeTime key="expected" at={expectedAt} />],
          [t('facts.attempts'), attempts],
          [t('facts.error'), explanation === null && error && <bdi key="error">{error.message}</bdi>],
        ]}
      />
    </Panel>
  )
}
