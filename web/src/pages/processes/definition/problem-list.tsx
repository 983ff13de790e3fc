import { Anchor } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Callout } from '../../../parts/callout.tsx'
import type { Problem } from '../processes.ts'
import classes from './problem-list.module.css'

/** What the checker has found, errors first; each leads to its line. */
export function ProblemList({
  problems,
  onGoTo,
}: {
  problems: Problem[]
  onGoTo: (problem: Problem) => void
}) {
  const { t } = useTranslation('processes')
  const groups = (['error', 'warning'] as const).map((severity) => ({
    severity,
    found: problems.filter((problem) => problem.severity === severity),
  }))
  return groups
    .filter(({ found }) => found.length > 0)
    .map(({ severity, found }) => (
      <Callout
        key={severity}
        kind={severity === 'error' ? 'failed' : 'waiting'}
        title={t(`problems.${severity}`, { count: found.length })}
        mb="md"
      >
        <ul className={classes.list}>
          {found.map((problem) => (
            <li key={`${problem.path} ${problem.line} ${problem.code}`}>
              <Anchor component="button" type="button" inherit onClick={() => onGoTo(problem)}>
                {t('line', { line: problem.line ?? 1 })}
              </Anchor>{' '}
              <span>{problem.message}</span>
            </li>
          ))}
        </ul>
      </Callout>
    ))
}
