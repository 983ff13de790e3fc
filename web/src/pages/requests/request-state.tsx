import { useTranslation } from 'react-i18next'
import { StateBadge } from '../../parts/state-badge.tsx'
import type { RequestSummary } from './requests.ts'

const kinds = { open: 'waiting', completed: 'done', cancelled: 'quiet' } as const

/** Where a request stands. How it ended is said in words beside it: nobody but the process knows whether that is good. */
export function RequestState({ request: { status } }: { request: RequestSummary }) {
  const { t } = useTranslation('requests')
  return <StateBadge kind={kinds[status]}>{t(`state.${status}`)}</StateBadge>
}
