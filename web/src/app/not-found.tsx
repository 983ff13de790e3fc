import { Button } from '@mantine/core'
import IconMapOff from '@tabler/icons-react/icons/IconMapOff'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { MessageState } from '../parts/message-state.tsx'

/** For an address that leads nowhere. */
export function NotFound() {
  const { t } = useTranslation()
  return (
    <MessageState
      icon={IconMapOff}
      title={t('not-found.title')}
      action={<Button renderRoot={(props) => <Link to="/" {...props} />}>{t('not-found.home')}</Button>}
    >
      {t('not-found.detail')}
    </MessageState>
  )
}
