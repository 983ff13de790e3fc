import { Button, Group } from '@mantine/core'
import IconMailCog from '@tabler/icons-react/icons/IconMailCog'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { sessionQuery } from '../../api/session.ts'
import { MessageState } from '../../parts/message-state.tsx'
import { WayOn } from '../../parts/way-on.tsx'

/** Of an installation that was just made: what comes first. */
export function NoMailbox() {
  const { t } = useTranslation('dashboard')
  const { data: session } = useQuery(sessionQuery)
  const mayConfigure = session?.person.role !== 'auditor'
  return (
    <MessageState
      icon={IconMailCog}
      title={t('no-mailbox.title')}
      action={
        mayConfigure && (
          <Group gap="sm" justify="center">
            <WayOn to="guide" isMain />
            <Button
              variant="default"
              renderRoot={(props) => <Link to="/configuration/remote-approval" {...props} />}
            >
              {t('no-mailbox.action')}
            </Button>
          </Group>
        )
      }
    >
      {t(mayConfigure ? 'no-mailbox.detail' : 'no-mailbox.ask')}
    </MessageState>
  )
}
