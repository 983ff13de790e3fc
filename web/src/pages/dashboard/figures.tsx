import { Anchor, VisuallyHidden } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { type Dashboard, decisionsOf, sharesOf } from './dashboard.ts'
import classes from './figure.module.css'
import { Figure } from './figure.tsx'
import { useWritten } from './written.ts'

/** The four figures on top: what waits, how long it takes, how it is decided, and how much is unclear. */
export function Figures({ waiting, lately, before }: Pick<Dashboard, 'waiting' | 'lately' | 'before'>) {
  const { t } = useTranslation('dashboard')
  const { count, duration, share } = useWritten()
  const id = useId()
  const shares = { now: sharesOf(lately), before: sharesOf(before) }
  const decided = decisionsOf(lately)
  const { oldest } = waiting
  return (
    <section aria-labelledby={id}>
      <VisuallyHidden component="h2" id={id}>
        {t('figure.heading')}
      </VisuallyHidden>
      <dl className={classes.figures}>
        <Figure
          label={t('figure.waiting')}
          now={waiting.count}
          before={waiting.before}
          write={(value) => count(value ?? 0)}
        >
          {oldest !== null && (
            <>
              {t('figure.oldest')}{' '}
              <Anchor
                inherit
                underline="always"
                renderRoot={(props) => (
                  <Link to="/requests/$id" params={{ id: String(oldest.requestId) }} {...props} />
                )}
              >
                {t('figure.request', { number: oldest.requestId })}
              </Anchor>
              {', '}
              <RelativeTime at={oldest.openedAt} />
              {waiting.overdue > 0 && (
                <div>{t('figure.overdue', { count: waiting.overdue, number: count(waiting.overdue) })}</div>
              )}
            </>
          )}
        </Figure>
        <Figure
          label={t('figure.time')}
          now={lately.secondsToDecide?.median ?? null}
          before={before.secondsToDecide?.median ?? null}
          write={duration}
        >
          {lately.secondsToDecide === null
            ? t('nothing-decided')
            : t('figure.p90', { duration: duration(lately.secondsToDecide.p90) })}
        </Figure>
        <Figure
          label={t('figure.by-mail')}
          now={shares.now.byMail}
          before={shares.before.byMail}
          write={share}
        >
          {decided === 0
            ? t('figure.no-decisions')
            : t('figure.of-decisions', { count: decided, number: count(decided) })}
        </Figure>
        <Figure
          label={t('figure.asked-back')}
          now={shares.now.askedBack}
          before={shares.before.askedBack}
          write={share}
        >
          {lately.replies === 0
            ? t('figure.no-replies')
            : t('figure.of-replies', { count: lately.replies, number: count(lately.replies) })}
        </Figure>
      </dl>
    </section>
  )
}
