import { Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../api/schema.ts'
import { Callout } from '../../../parts/callout.tsx'
import { DenseTable } from '../../../parts/dense-table.tsx'
import { Panel } from '../../../parts/panel.tsx'
import { StateBadge } from '../../../parts/state-badge.tsx'
import { describeChange } from '../describe-change.ts'
import classes from './import-plan.module.css'

type Plan = components['schemas']['PeopleCsvPlan']

const stateKinds = { added: 'done', changed: 'waiting', deactivated: 'failed' } as const

/** What a file would do, line by line; `children` is what one does about it, where it can be done. */
export function ImportPlan({ plan, children }: { plan: Plan; children: ReactNode }) {
  const { t } = useTranslation('people')
  const { counts, problems, lines, ignored } = plan
  const willChange = counts.added + counts.changed + counts.deactivated
  return (
    <Panel title={t('import.plan-title')}>
      <Stack gap="md">
        <Text>{t('import.counts', counts)}</Text>
        {ignored.length > 0 && (
          <Text size="sm" c="dimmed">
            {t('import.ignored', { columns: ignored.join(', ') })}
          </Text>
        )}
        {problems.length > 0 && (
          <Callout kind="failed" role="alert" title={t('import.problems', { count: counts.problems })}>
            <ul className={classes.problems}>
              {problems.map(({ line, address, message }) => (
                <li key={`${line} ${address} ${message}`}>{t('import.problem', { line, message })}</li>
              ))}
            </ul>
          </Callout>
        )}
        {willChange === 0 && problems.length === 0 && <Callout kind="quiet">{t('import.nothing')}</Callout>}
        {lines.length > 0 && <Lines lines={lines} />}
        {lines.length < willChange && (
          <Text c="dimmed">{t('import.left', { count: willChange - lines.length })}</Text>
        )}
        {willChange > 0 && problems.length === 0 && children}
      </Stack>
    </Panel>
  )
}

function Lines({ lines }: Pick<Plan, 'lines'>) {
  const { t } = useTranslation('people')
  return (
    <DenseTable
      caption={t('import.plan-title')}
      columns={[t('import.line'), t('field.name'), t('import.what'), t('import.changes')]}
      className={classes.table}
    >
      {lines.map(({ line, name, address, kind, changes, joins, leaves }) => (
        <tr key={line}>
          <td className={classes.line}>{line}</td>
          <td className={classes.who}>
            <bdi>{name}</bdi>
            <Text size="sm" c="dimmed">
              <bdi>{address}</bdi>
            </Text>
          </td>
          <td className={classes.what}>
            <StateBadge kind={stateKinds[kind]}>{t(`import.kind.${kind}`)}</StateBadge>
          </td>
          <td className={classes.changes}>
            {[
              // Of somebody who is added, name and address stand beside it.
              ...changes
                .filter(({ field }) => kind !== 'added' || (field !== 'name' && field !== 'address'))
                .map((change) => describeChange(change, t)),
              ...joins.map((group) => t('import.joins', { group })),
              ...leaves.map((group) => t('import.leaves', { group })),
            ].join(' · ')}
          </td>
        </tr>
      ))}
    </DenseTable>
  )
}
