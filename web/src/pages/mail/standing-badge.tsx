import { useTranslation } from 'react-i18next'
import { StateBadge, type StateKind } from '../../parts/state-badge.tsx'
import type { Standing } from './filter.ts'

const kinds: Record<Standing, StateKind> = {
  decided: 'done',
  sent: 'done',
  noted: 'done',
  'asked-back': 'waiting',
  held: 'waiting',
  waiting: 'waiting',
  'waiting-for-budget': 'waiting',
  rejected: 'failed',
  bounced: 'failed',
  dead: 'failed',
  ignored: 'quiet',
  cancelled: 'quiet',
}

/** Where a message stands, as icon and word. */
export function StandingBadge({ standing }: { standing: Standing }) {
  const { t } = useTranslation('mail')
  return <StateBadge kind={kinds[standing]}>{t(`standing.${standing}`)}</StateBadge>
}
