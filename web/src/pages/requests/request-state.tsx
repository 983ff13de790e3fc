import { useTranslation } from 'react-i18next'
import { useLocalText } from '../../parts/local-text.ts'
import { StateBadge } from '../../parts/state-badge.tsx'
import type { RequestSummary } from './requests.ts'

const kinds = { open: 'waiting', completed: 'done', cancelled: 'quiet' } as const

/** Where a request stands; of one that has ended, how the process calls that end. */
export function RequestState({ request }: { request: RequestSummary }) {
  const { t } = useTranslation('requests')
  const text = useLocalText()
  const { status, endingTitle } = request
  return (
    <StateBadge kind={kinds[status]}>{endingTitle ? text(endingTitle) : t(`state.${status}`)}</StateBadge>
  )
}
