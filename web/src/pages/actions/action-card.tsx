import { useTranslation } from 'react-i18next'
import { useDayOf } from '../../parts/day-of.ts'
import { ListCard } from '../../parts/list-card.tsx'
import { useLocalText } from '../../parts/local-text.ts'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { ActionState } from './action-state.tsx'
import type { Action } from './actions.ts'
import { DecisionLine } from './decision-line.tsx'

/** One approval in a list: what, for whom, since when, and who has decided it. */
export function ActionCard({ action }: { action: Action }) {
  const { t } = useTranslation('actions')
  const text = useLocalText()
  const dayOf = useDayOf()
  const handedOnBy = action.assignees.find((assignee) => assignee.handedOnBy)?.handedOnBy
  return (
    <ListCard
      title={text(action.request.titles)}
      link={{ to: '/actions/$id', params: { id: action.id } }}
      badge={<ActionState action={action} />}
    >
      <div>
        {action.request.amount && (
          <>
            <strong>{text(action.request.amount)}</strong>
            {' · '}
          </>
        )}
        {t('asked-by', { name: action.request.requester.name })}
        {' · '}
        {text(action.title)}
        {' · '}
        <RelativeTime at={action.openedAt} />
      </div>
      {action.status === 'open' && action.dueAt !== null && (
        <div>{t('due', { day: dayOf(action.dueAt) })}</div>
      )}
      {action.status === 'open' && handedOnBy && <div>{t('handed-on-by', { name: handedOnBy.name })}</div>}
      {action.decision && (
        <div>
          <DecisionLine decision={action.decision} />
        </div>
      )}
    </ListCard>
  )
}
