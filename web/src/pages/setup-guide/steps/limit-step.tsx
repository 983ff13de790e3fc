import { useTranslation } from 'react-i18next'
import { Callout } from '../../../parts/callout.tsx'
import { Commands } from '../../../parts/commands.tsx'
import { LimitDrawing } from '../drawings/limit-drawing.tsx'
import classes from '../setup-guide.module.css'
import type { StepProps } from '../step-props.ts'
import { ToldField } from '../told-field.tsx'
import { StepBody } from './step-body.tsx'

/** Step 7: the application opens its mailboxes and no other. */
export function LimitStep({ subject: { type, address }, guide }: StepProps) {
  const { t } = useTranslation('setup-guide')
  const isImap = type === 'imap-smtp'
  return (
    <StepBody
      why={t(isImap ? 'limit.why-imap' : 'limit.why')}
      drawing={<LimitDrawing address={address ?? t('limit.drawing.this')} />}
    >
      <div className={classes.pair}>
        <ToldField name="objectId" label={t('limit.object-id')} description={t('limit.object-id-hint')} />
        {!isImap && (
          <ToldField name="probe" type="email" label={t('limit.probe')} description={t('limit.probe-hint')} />
        )}
      </div>
      <section aria-label={t('limit.commands')}>
        <Commands text={guide.commands} />
      </section>
      {!isImap && <Callout kind="waiting">{t('limit.remove')}</Callout>}
    </StepBody>
  )
}
