import { Button, Group, Modal, Text } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

/** Asks before what was typed is lost: by a link, the back button, or the closing of the tab. */
export function LeaveGuard({ isActive }: { isActive: () => boolean }) {
  const { t } = useTranslation()
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: isActive,
    enableBeforeUnload: isActive,
    withResolver: true,
  })
  return (
    <Modal
      opened={status === 'blocked'}
      onClose={() => reset?.()}
      title={t('leave.title')}
      closeButtonProps={{ 'aria-label': t('leave.stay') }}
    >
      <Text mb="lg">{t('leave.detail')}</Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={() => reset?.()} data-autofocus>
          {t('leave.stay')}
        </Button>
        <Button color="red" onClick={() => proceed?.()}>
          {t('leave.go')}
        </Button>
      </Group>
    </Modal>
  )
}
