import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { atStep, steps } from './place.ts'
import classes from './setup-guide.module.css'
import { usePlace } from './use-place.ts'

/** All steps, and which of them is open. */
export function StepList() {
  const { t } = useTranslation('setup-guide')
  const { place } = usePlace()
  const current = place.step ?? 1
  return (
    <nav aria-label={t('steps')}>
      <ol className={classes.steps}>
        {steps.map((step, index) => (
          <li key={step}>
            <Link
              to="/configuration/setup-guide"
              search={atStep(place, index + 1)}
              className={classes.step}
              aria-current={index + 1 === current ? 'step' : undefined}
            >
              <span className={classes.number}>{index + 1}</span>
              <span className={classes.words}>{t(`step.${step}`)}</span>
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  )
}
