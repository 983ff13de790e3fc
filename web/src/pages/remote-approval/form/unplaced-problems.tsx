import { List } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ProblemError } from '../../../api/problem-error.ts'
import { Callout } from '../../../parts/callout.tsx'
import { fieldOf, inFormWords } from './field-paths.ts'

/** Why nothing was saved: what has no field to stand at, or that there are fields to look at. */
export function UnplacedProblems({ failure }: { failure: unknown }) {
  const { t } = useTranslation('remote-approval')
  const { t: shell } = useTranslation()
  const problem = failure instanceof ProblemError ? failure.problem : null
  const unplaced = (problem?.problems ?? []).filter(({ path }) => fieldOf(path) === null)
  const hasPlaced = problem !== null && problem.problems.length > unplaced.length
  return (
    <Callout kind="failed" role="alert" title={problem?.title ?? shell('error.unreachable.title')}>
      {problem === null && t('not-saved-unreachable')}
      {problem !== null && (hasPlaced ? t('see-fields') : inFormWords(problem.detail, t))}
      {unplaced.length > 0 && (
        <List size="sm" mt="xs">
          {unplaced.map(({ path, message }) => (
            <List.Item key={path}>{inFormWords(message, t)}</List.Item>
          ))}
        </List>
      )}
    </Callout>
  )
}
