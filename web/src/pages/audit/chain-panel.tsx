import { Anchor, Button, Group, List, Stack, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Callout } from '../../parts/callout.tsx'
import { ErrorState } from '../../parts/error-state.tsx'
import { useNotation } from '../../parts/notation.ts'
import { Panel } from '../../parts/panel.tsx'
import { QueryState } from '../../parts/query-state.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { checkpointsAddress, checkpointsQuery, type Verification, verifyAll } from './entries.ts'
import { useProblems } from './problems.ts'

/** Whether the record is the one that was written: what was signed last, and all of it verified at the press of a button. */
export function ChainPanel() {
  const { t } = useTranslation('audit')
  const verify = useMutation({ mutationFn: verifyAll })
  return (
    <Panel title={t('chain.title')} mb="lg">
      <Stack gap="sm">
        <Group justify="space-between" gap="sm">
          <LastCheckpoint />
          <Button variant="default" loading={verify.isPending} onClick={() => verify.mutate()}>
            {t('chain.verify')}
          </Button>
        </Group>
        {verify.error && <ErrorState error={verify.error} />}
        {verify.data && <Verified verification={verify.data} />}
      </Stack>
    </Panel>
  )
}

function LastCheckpoint() {
  const { t } = useTranslation('audit')
  const query = useQuery(checkpointsQuery)
  const { data } = query
  if (!data) return <QueryState query={query} />
  const { publicKey, last } = data
  if (last === null) return <Text>{t(publicKey === null ? 'chain.no-key' : 'chain.not-yet')}</Text>
  return (
    <Text>
      {t('chain.last', { number: last.number })} <RelativeTime at={last.at} />
      {' · '}
      <Anchor href={checkpointsAddress} download underline="always" inherit>
        {t('chain.download')}
      </Anchor>
    </Text>
  )
}

/** So many are shown; where there are more, one restores a backup and does not read on. */
const SHOWN = 10

function Verified({ verification }: { verification: Verification }) {
  const { t } = useTranslation('audit')
  const number = new Intl.NumberFormat(useNotation())
  const { ok, requests, entries, checkpoints } = verification
  const problems = useProblems(verification)
  if (ok) {
    return (
      <Callout kind="done" role="status" title={t('chain.fine')}>
        {t('chain.counts', { entries: number.format(entries), requests: number.format(requests) })}{' '}
        {checkpoints !== null && checkpoints.count > 0 && t('chain.signed', { count: checkpoints.count })}
      </Callout>
    )
  }
  return (
    <Callout kind="failed" role="alert" title={t('chain.broken')}>
      <Text size="sm">{t('chain.advice')}</Text>
      <List size="sm" mt="xs">
        {problems.slice(0, SHOWN).map(({ key, text, entry }) => (
          <List.Item key={key}>
            {entry === null ? (
              text
            ) : (
              <Anchor
                inherit
                renderRoot={(props) => <Link to="/audit/entries/$id" params={{ id: entry }} {...props} />}
              >
                {text}
              </Anchor>
            )}
          </List.Item>
        ))}
      </List>
      {problems.length > SHOWN && (
        <Text size="sm">{t('chain.more', { count: problems.length - SHOWN })}</Text>
      )}
    </Callout>
  )
}
