import { useTranslation } from 'react-i18next'
import { useLocalText } from '../../parts/local-text.ts'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { Unbroken } from '../../parts/unbroken.tsx'
import type { Action } from './actions.ts'

/** Who decided what, by which door, and when. */
export function DecisionLine({ decision }: { decision: NonNullable<Action['decision']> }) {
  const { t } = useTranslation('actions')
  const text = useLocalText()
  const deciding = decision.said.find(({ id }) => decision.answers[id] === decision.result)
  return (
    <>
      {t('decided-by', { name: decision.by.name })}{' '}
      <strong>{deciding ? text(deciding.text) : decision.result}</strong>
      {' · '}
      <Unbroken>{t(`door.${decision.door}`)}</Unbroken>
      {decision.releasedBy && ` · ${t('released-by', { name: decision.releasedBy.name })}`}
      {decision.enteredBy && ` · ${t('entered-by', { name: decision.enteredBy.name })}`}
      {' · '}
      <RelativeTime at={decision.at} />
    </>
  )
}
