import { useTranslation } from 'react-i18next'
import { StateBadge } from '../../parts/state-badge.tsx'
import type { Action } from './actions.ts'

const kinds = { open: 'waiting', decided: 'done', cancelled: 'quiet' } as const

/** Where an action stands. */
export function ActionState({ action }: { action: Action }) {
  const { t } = useTranslation('actions')
  const isLate = action.status === 'open' && action.dueAt !== null && new Date(action.dueAt) < new Date()
  if (isLate) return <StateBadge kind="failed">{t('state.overdue')}</StateBadge>
  return <StateBadge kind={kinds[action.status]}>{t(`state.${action.status}`)}</StateBadge>
}
