import { Anchor, Grid, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '../../parts/error-state.tsx'
import { EvidenceButton } from '../../parts/evidence-button.tsx'
import { Facts } from '../../parts/facts.tsx'
import { withFirstOfMonth } from '../../parts/first-of-month.ts'
import { LoadingState } from '../../parts/loading-state.tsx'
import { useNotation } from '../../parts/notation.ts'
import { Page } from '../../parts/page.tsx'
import { Panel } from '../../parts/panel.tsx'
import { QueryState } from '../../parts/query-state.tsx'
import { Quote } from '../../parts/quote.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { useTimeZone } from '../../parts/time-zone.ts'
import { chainQuery, type EntryDetail, entryQuery } from './entries.ts'
import classes from './entry-page.module.css'
import { useProblems } from './problems.ts'

/** One entry: what happened, its facts, and the digests that hold it in its chain. */
export function EntryPage() {
  const { t, i18n } = useTranslation('audit')
  const { id } = useParams({ from: '/shell/audit/entries/$id' })
  const { data: entry, error, refetch } = useQuery(entryQuery(id, i18n.language))
  return (
    <Page
      title={entry?.said ?? t('entry.title', { id })}
      crumbs={[{ label: t('title'), to: '/audit' }]}
      actions={entry && <EvidenceButton of="requests" id={entry.request.id} />}
    >
      {entry ? (
        <Entry entry={entry} />
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <LoadingState />
      )}
    </Page>
  )
}

function Entry({ entry }: { entry: EntryDetail }) {
  const { t } = useTranslation('audit')
  const notation = useNotation()
  const timeZone = useTimeZone()
  const exact = new Intl.DateTimeFormat(notation, { dateStyle: 'full', timeStyle: 'long', timeZone })
  const { at, by, door, request, sequence, comment, payload } = entry
  const message = messageIn(payload)
  return (
    <Stack gap="md">
      <Facts
        facts={[
          [
            t('entry.when'),
            <time key="when" dateTime={at}>
              {withFirstOfMonth(exact.format(new Date(at)), notation)}
            </time>,
          ],
          [t('entry.who'), by ? `${by.name} · ${by.address}` : t('entry.nobody')],
          [t('entry.door'), door && t(`door.${door}`)],
          [
            t('entry.request'),
            <Anchor
              key="request"
              renderRoot={(props) => (
                <Link to="/requests/$id" params={{ id: String(request.id) }} {...props} />
              )}
            >
              #{request.id} · {request.title}
            </Anchor>,
          ],
          [
            t('entry.message'),
            message !== undefined && (
              <Anchor
                key="message"
                renderRoot={(props) => <Link to="/mail/$id" params={{ id: message }} {...props} />}
              >
                {t('entry.open-message')}
              </Anchor>
            ),
          ],
        ]}
      />
      {comment !== '' && <Quote>{comment}</Quote>}
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 6 }}>
          <Panel title={t('entry.facts')}>
            {payload === null ? (
              <Text c="dimmed">{t('entry.erased')}</Text>
            ) : (
              // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
              <pre className={classes.payload} tabIndex={0}>
                {JSON.stringify(payload, null, 2)}
              </pre>
            )}
          </Panel>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 6 }}>
          <Panel title={t('entry.chain')}>
            <Stack gap="sm" align="flex-start">
              <ChainOf request={request.id} />
              <Text size="sm">{t('entry.place', { entry: sequence, request: request.id })}</Text>
              <dl className={classes.digests}>
                <div>
                  <dt>{t('entry.payload-digest')}</dt>
                  <dd>{entry.payloadDigest}</dd>
                </div>
                <div>
                  <dt>{t('entry.previous-digest')}</dt>
                  <dd>{entry.previousDigest}</dd>
                </div>
                <div>
                  <dt>{t('entry.digest')}</dt>
                  <dd>{entry.digest}</dd>
                </div>
              </dl>
              <Anchor
                size="sm"
                renderRoot={(props) => <Link to="/audit" search={{ request: request.id }} {...props} />}
              >
                {t('entry.all', { request: request.id })}
              </Anchor>
            </Stack>
          </Panel>
        </Grid.Col>
      </Grid>
    </Stack>
  )
}

/** The reply that proves it, or the mail that it tells of. */
function messageIn(payload: EntryDetail['payload']): string | undefined {
  return [payload?.inboundMessageId, payload?.outboundMessageId].find((one) => typeof one === 'string')
}

function ChainOf({ request }: { request: number }) {
  const { t } = useTranslation('audit')
  const query = useQuery(chainQuery(request))
  const { data } = query
  if (!data) return <QueryState query={query} />
  if (data.ok) return <StateBadge kind="done">{t('entry.fine')}</StateBadge>
  return <Broken verification={data} />
}

function Broken({ verification }: { verification: Parameters<typeof useProblems>[0] }) {
  const { t } = useTranslation('audit')
  const [first] = useProblems(verification)
  return (
    <>
      <StateBadge kind="failed">{t('chain.broken')}</StateBadge>
      <Text size="sm">{first?.text}</Text>
    </>
  )
}
