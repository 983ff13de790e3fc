import { Button, Group, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Callout } from '../../parts/callout.tsx'
import { ErrorState } from '../../parts/error-state.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { GuideLink } from './guide-link.tsx'
import { healthOf } from './health-of.ts'
import { type Mailbox, resumeMailbox } from './mailboxes.ts'

interface MailboxHealthProps {
  mailbox: Mailbox
  onResumed: () => Promise<void>
}

/** How the mailbox does in words, and what to do when it does not. */
export function MailboxHealth({ mailbox, onResumed }: MailboxHealthProps) {
  const { t } = useTranslation('remote-approval')
  const resume = useMutation({ mutationFn: () => resumeMailbox(mailbox.name), onSuccess: onResumed })
  const { word, kind } = healthOf(mailbox)
  const { trouble, credential, lastReceivedAt, sending } = mailbox
  return (
    <>
      <Group gap="sm" mb="lg">
        <StateBadge kind={kind}>{t(`health.${word}`)}</StateBadge>
        <Text size="sm" c="dimmed">
          {mailbox.name} · {t(`type.${mailbox.settings.type}`)}
          {lastReceivedAt !== null && (
            <>
              {' · '}
              {t('last-read')} <RelativeTime at={lastReceivedAt} />
            </>
          )}
          {sending.waiting > 0 && ` · ${t('waiting', { count: sending.waiting })}`}
        </Text>
      </Group>
      {trouble !== null && (
        <Callout kind="failed" mb="lg">
          {trouble.message}
          {trouble.guideStep !== null && <GuideLink step={trouble.guideStep} mailbox={mailbox.name} />}
          {mailbox.state === 'paused' && (
            <Button
              display="block"
              mt="sm"
              size="xs"
              variant="default"
              onClick={() => resume.mutate()}
              loading={resume.isPending}
            >
              {t('resume')}
            </Button>
          )}
        </Callout>
      )}
      {resume.error && <ErrorState error={resume.error} />}
      {mailbox.state === 'detached' && (
        <Callout kind="waiting" mb="lg" title={t('health.detached')}>
          {t('detached-detail', { mailbox: mailbox.name })}
        </Callout>
      )}
      {credential?.message && (
        <Callout kind="waiting" mb="lg">
          {credential.message}
        </Callout>
      )}
    </>
  )
}
