import IconFileAlert from '@tabler/icons-react/icons/IconFileAlert'
import { useTranslation } from 'react-i18next'
import { LoadingState } from '../../parts/loading-state.tsx'
import { MessageState } from '../../parts/message-state.tsx'

/** In the place of what can only be shown of a definition without errors. */
export function Unreadable({ isUnchecked }: { isUnchecked?: boolean }) {
  const { t } = useTranslation('processes')
  if (isUnchecked) return <LoadingState />
  return (
    <MessageState icon={IconFileAlert} title={t('unreadable.title')}>
      {t('unreadable.detail')}
    </MessageState>
  )
}
