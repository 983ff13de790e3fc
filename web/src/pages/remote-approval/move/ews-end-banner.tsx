import { Button, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { Callout } from '../../../parts/callout.tsx'
import { useLongDay } from '../../../parts/long-day.ts'
import type { Mailbox } from '../mailboxes.ts'
import { MovePlan } from './move-plan.tsx'

interface EwsEndBannerProps {
  mailbox: Mailbox
  onMoved: () => Promise<void>
}

/** Exchange Web Services end: when, and the way to Microsoft Graph. Nothing for a mailbox that does not use them. */
export function EwsEndBanner({ mailbox, onMoved }: EwsEndBannerProps) {
  const { t } = useTranslation('remote-approval')
  const [isOpen, { open, close }] = useDisclosure(false)
  const longDay = useLongDay()
  const { retirement } = mailbox
  if (retirement === null) return null
  return (
    <Callout
      kind="waiting"
      mb="lg"
      title={t(`ews-end.title.${retirement.state}`, { date: longDay(retirement.endsOn) })}
    >
      <Text size="sm" mb="sm">
        {t('ews-end.detail')}
      </Text>
      <Button variant="default" size="xs" onClick={open}>
        {t('ews-end.plan')}
      </Button>
      <MovePlan name={mailbox.name} isOpen={isOpen} onClose={close} onMoved={onMoved} />
    </Callout>
  )
}
