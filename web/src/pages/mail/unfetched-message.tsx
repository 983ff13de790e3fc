import { Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Facts } from '../../parts/facts.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { GivenUp } from './given-up.tsx'
import type { Unfetched } from './messages.ts'

/** A message of which nothing is known but that it lies in the mailbox. */
export function UnfetchedMessage({ message }: { message: Unfetched }) {
  const { t } = useTranslation('mail')
  const { firstFailedAt, nextAttemptAt, attempts, error, mailbox, explanation } = message
  return (
    <Stack gap="md">
      <Facts
        facts={[
          [t('facts.first-failed'), <RelativeTime key="first" at={firstFailedAt} />],
          [t('facts.attempts'), attempts],
          [t('facts.next'), nextAttemptAt && <RelativeTime key="next" at={nextAttemptAt} />],
          [t('facts.error'), explanation === null && <bdi key="error">{error.message}</bdi>],
          [t('facts.mailbox'), mailbox],
        ]}
      />
      <GivenUp message={message} />
    </Stack>
  )
}
