import { Button, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Callout } from '../../parts/callout.tsx'
import type { Inbound } from './messages.ts'
import { useMayAct } from './use-may-act.ts'

interface NotUnderstoodProps {
  message: Inbound
  onByHand: () => void
}

/** Of a reply that is theirs and was not understood: that an administrator may read it and enter what it says. */
export function NotUnderstood({ message, onByHand }: NotUnderstoodProps) {
  const { t } = useTranslation('mail')
  const mayAct = useMayAct()
  if (message.byHand === null || !mayAct) return null
  return (
    <Callout kind="waiting" title={t('by-hand.offer.title')}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{t('by-hand.offer.detail', { name: message.person?.name })}</Text>
        <Button variant="default" onClick={onByHand}>
          {t('by-hand.offer.open')}
        </Button>
      </Stack>
    </Callout>
  )
}
