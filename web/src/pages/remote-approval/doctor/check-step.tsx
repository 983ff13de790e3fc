import { VisuallyHidden } from '@mantine/core'
import IconAlertTriangle from '@tabler/icons-react/icons/IconAlertTriangle'
import IconCircleCheck from '@tabler/icons-react/icons/IconCircleCheck'
import IconCircleDashed from '@tabler/icons-react/icons/IconCircleDashed'
import IconCircleX from '@tabler/icons-react/icons/IconCircleX'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Commands } from '../../../parts/commands.tsx'
import { inFormWords } from '../form/field-paths.ts'
import { GuideLink } from '../guide-link.tsx'
import classes from './check.module.css'
import type { Check } from './use-doctor.ts'

const icons = {
  ok: IconCircleCheck,
  warning: IconAlertTriangle,
  failed: IconCircleX,
  skipped: IconCircleDashed,
}

/** One step: what was looked at, how it went, the provider's own words, and what to do. */
export function CheckStep({ check, mailbox }: { check: Check; mailbox: string }) {
  const { t } = useTranslation('remote-approval')
  const Icon = icons[check.outcome]
  return (
    <li className={classes.step} data-outcome={check.outcome}>
      <Icon size={18} stroke={2} aria-hidden />
      <div>
        <VisuallyHidden>{t(`check.outcome.${check.outcome}`)} </VisuallyHidden>
        <span className={classes.title}>{check.title}</span>
        {check.evidence !== '' && <p className={classes.evidence}>{check.evidence}</p>}
        {check.mend !== null && (
          <Mend text={inFormWords(check.mend, t)}>
            {check.guideStep !== null && <GuideLink step={check.guideStep} mailbox={mailbox} />}
          </Mend>
        )}
      </div>
    </li>
  )
}

/** What to do; commands, which follow on lines of their own, are folded away and can be copied. */
function Mend({ text, children }: { text: string; children: ReactNode }) {
  const { t } = useTranslation('remote-approval')
  const [advice, ...commands] = text.split('\n')
  return (
    <div className={classes.mend}>
      {advice}
      {commands.length > 0 && (
        <details>
          <summary>{t('check.commands')}</summary>
          <Commands text={commands.join('\n')} />
        </details>
      )}
      {children}
    </div>
  )
}
