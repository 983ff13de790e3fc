import { Button, Group, Text } from '@mantine/core'
import IconFileText from '@tabler/icons-react/icons/IconFileText'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { DenseTable } from '../../../parts/dense-table.tsx'
import { ErrorState } from '../../../parts/error-state.tsx'
import { LoadingState } from '../../../parts/loading-state.tsx'
import { useLongDay } from '../../../parts/long-day.ts'
import { MessageState } from '../../../parts/message-state.tsx'
import { MoreButton } from '../../../parts/more-button.tsx'
import { Page } from '../../../parts/page.tsx'
import { StateBadge, type StateKind } from '../../../parts/state-badge.tsx'
import { useMayAct } from '../use-may-act.ts'
import { type Footer, footersQuery, switchFooter } from './footers.ts'
import classes from './footers-page.module.css'

/** The lines that replies are read without, with the evidence for each, and the switch. */
export function FootersPage() {
  const { t } = useTranslation('mail')
  const query = useInfiniteQuery(footersQuery)
  const { data, error, refetch } = query
  return (
    <Page title={t('footers.title')} crumbs={[{ label: t('title'), to: '/mail' }]}>
      {error && !data ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <>
          <Text c="dimmed" mt={-16} mb="md" maw={720}>
            {t('footers.lead')}
          </Text>
          {data ? <Footers footers={data.pages.flatMap(({ items }) => items)} /> : <LoadingState />}
          <MoreButton {...query} />
        </>
      )}
    </Page>
  )
}

const columns = ['line', 'domain', 'evidence', 'state', 'switch'] as const

const stateKinds: Record<Footer['state'], StateKind> = {
  learned: 'done',
  proposed: 'waiting',
  on: 'done',
  off: 'quiet',
}

function Footers({ footers }: { footers: Footer[] }) {
  const { t } = useTranslation('mail')
  const longDay = useLongDay()
  if (footers.length === 0) {
    return (
      <MessageState icon={IconFileText} title={t('footers.empty-title')}>
        {t('footers.empty-detail')}
      </MessageState>
    )
  }
  return (
    <DenseTable
      caption={t('footers.caption')}
      columns={columns.map((column) => t(`footers.column.${column}`))}
      className={classes.table}
    >
      {footers.map((footer) => (
        <tr key={footer.id}>
          <td className={classes.line}>
            <Link to="/mail/$id" params={{ id: footer.exampleMessageId }} className={classes.example}>
              <bdi>{footer.line}</bdi>
            </Link>
          </td>
          <td className={classes.domain}>{footer.domain}</td>
          <td className={classes.evidence}>
            {t('footers.evidence', { people: footer.evidence.people, count: footer.evidence.mails })}
            {footer.evidence.lastSeen !== null &&
              ` · ${t('footers.last-seen', { day: longDay(footer.evidence.lastSeen) })}`}
          </td>
          <td className={classes.state}>
            <StateBadge kind={stateKinds[footer.state]}>{t(`footers.state.${footer.state}`)}</StateBadge>
            {footer.switchedBy && (
              <Text size="xs" c="dimmed">
                {t('footers.switched-by', { name: footer.switchedBy.name })}
              </Text>
            )}
          </td>
          <td className={classes.switch}>
            <Switch footer={footer} />
          </td>
        </tr>
      ))}
    </DenseTable>
  )
}

/** What may be made of it: a line that waits for somebody is taken off or left in, every other one the contrary. */
function Switch({ footer: { id, line, state } }: { footer: Footer }) {
  const { t } = useTranslation('mail')
  const queryClient = useQueryClient()
  const change = useMutation({
    mutationFn: (to: 'on' | 'off') => switchFooter(id, to),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: footersQuery.queryKey }),
  })
  if (!useMayAct()) return null
  const offered =
    state === 'proposed' ? (['on', 'off'] as const) : ([state === 'off' ? 'on' : 'off'] as const)
  return (
    <>
      <Group gap="xs">
        {offered.map((to) => (
          <Button
            key={to}
            variant="default"
            size="xs"
            loading={change.isPending && change.variables === to}
            onClick={() => change.mutate(to)}
            aria-label={t(`footers.switch.${to}-line`, { line })}
          >
            {t(`footers.switch.${to}`)}
          </Button>
        ))}
      </Group>
      {change.error && <ErrorState error={change.error} />}
    </>
  )
}
