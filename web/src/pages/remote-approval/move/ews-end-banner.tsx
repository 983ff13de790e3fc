import { Alert, Button, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import IconCalendarExclamation from '@tabler/icons-react/icons/IconCalendarExclamation'
import { useTranslation } from 'react-i18next'
import type { Mailbox } from '../mailboxes.ts'
import { MovePlan } from './move-plan.tsx'

interface EwsEndBannerProps {
  mailbox: Mailbox
  onMoved: () => Promise<void>
}

/** Exchange Web Services end: when, and the way to Microsoft Graph. Nothing for a mailbox that does not use them. */
export function EwsEndBanner({ mailbox, onMoved }: EwsEndBannerProps) {
  const { t, i18n } = useTranslation('remote-approval')
  const [isOpen, { open, close }] = useDisclosure(false)
  const { retirement } = mailbox
  if (retirement === null) return null
  const date = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'long', timeZone: 'UTC' })
  return (
    <Alert
      color="orange"
      mb="lg"
      icon={<IconCalendarExclamation aria-hidden />}
      title={t(`ews-end.title.${retirement.state}`, { date: date.format(new Date(retirement.endsOn)) })}
    >
      <Text size="sm" mb="sm">
        {t('ews-end.detail')}
      </Text>
      <Button variant="default" size="xs" onClick={open}>
        {t('ews-end.plan')}
      </Button>
      <MovePlan name={mailbox.name} isOpen={isOpen} onClose={close} onMoved={onMoved} />
    </Alert>
  )
}
