import { Button, Group, Stack } from '@mantine/core'
import IconMailCog from '@tabler/icons-react/icons/IconMailCog'
import IconPlus from '@tabler/icons-react/icons/IconPlus'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '../../parts/error-state.tsx'
import { LoadingState } from '../../parts/loading-state.tsx'
import { MessageState } from '../../parts/message-state.tsx'
import { Page } from '../../parts/page.tsx'
import { MailboxCard } from './mailbox-card.tsx'
import { mailboxes } from './mailboxes.ts'

/** Every mailbox that asks and reads answers, and how it does. */
export function MailboxesPage() {
  const { t } = useTranslation('remote-approval')
  const { data, error, refetch } = useQuery(mailboxes)
  const add = (
    <Button
      leftSection={<IconPlus size={18} aria-hidden />}
      renderRoot={(props) => <Link to="/configuration/remote-approval/+new" {...props} />}
    >
      {t('add')}
    </Button>
  )
  const begin = (
    <Group gap="sm" justify="center">
      {add}
      <Button
        variant="default"
        renderRoot={(props) => <Link to="/configuration/setup-guide" search={{}} {...props} />}
      >
        {t('empty.guide')}
      </Button>
    </Group>
  )
  return (
    <Page
      title={t('title')}
      crumbs={[{ label: t('configuration') }]}
      actions={data && data.length > 0 && add}
    >
      {data ? (
        data.length === 0 ? (
          <MessageState icon={IconMailCog} title={t('empty.title')} action={begin}>
            {t('empty.detail')}
          </MessageState>
        ) : (
          <Stack component="ul" gap="sm" p={0} m={0}>
            {data.map((mailbox) => (
              <MailboxCard key={mailbox.name} mailbox={mailbox} />
            ))}
          </Stack>
        )
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <LoadingState />
      )}
    </Page>
  )
}
