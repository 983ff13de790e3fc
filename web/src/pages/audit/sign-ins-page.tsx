import IconUserSearch from '@tabler/icons-react/icons/IconUserSearch'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { DenseTable } from '../../parts/dense-table.tsx'
import { ErrorState } from '../../parts/error-state.tsx'
import { LoadingState } from '../../parts/loading-state.tsx'
import { MessageState } from '../../parts/message-state.tsx'
import { MoreButton } from '../../parts/more-button.tsx'
import { nameBrowser } from '../../parts/name-browser.ts'
import { Page } from '../../parts/page.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { StateBadge, type StateKind } from '../../parts/state-badge.tsx'
import { AuditTabs } from './audit-tabs.tsx'
import { type SignInEvent, signInsQuery } from './entries.ts'
import classes from './sign-ins-page.module.css'

/** Who signed in and out, or was refused, and from where. */
export function SignInsPage() {
  const { t } = useTranslation('audit')
  const query = useInfiniteQuery(signInsQuery)
  const { data, error, refetch } = query
  if (error && !data) {
    return (
      <Page title={t('title')}>
        <ErrorState error={error} onRetry={refetch} />
      </Page>
    )
  }
  return (
    <Page title={t('title')}>
      <AuditTabs />
      {data ? <Events events={data.pages.flatMap(({ items }) => items)} /> : <LoadingState />}
      <MoreButton {...query} />
    </Page>
  )
}

const columns = ['time', 'who', 'what', 'from', 'browser'] as const

const stateKinds: Record<SignInEvent['kind'], StateKind> = {
  invited: 'quiet',
  'password-set': 'done',
  'signed-in': 'done',
  refused: 'failed',
  'signed-out': 'quiet',
  'session-ended': 'quiet',
}

function Events({ events }: { events: SignInEvent[] }) {
  const { t } = useTranslation('audit')
  if (events.length === 0) {
    return (
      <MessageState icon={IconUserSearch} title={t('sign-in.empty.title')}>
        {t('sign-in.empty.detail')}
      </MessageState>
    )
  }
  return (
    <DenseTable
      caption={t('sign-in.caption')}
      columns={columns.map((column) => t(`sign-in.${column}`))}
      className={classes.table}
    >
      {events.map((event) => (
        <tr key={event.id}>
          <td className={classes.time}>
            <RelativeTime at={event.at} />
          </td>
          <td className={classes.who} title={event.person?.address}>
            {event.person ? <bdi>{event.person.name}</bdi> : t('sign-in.nobody')}
          </td>
          <td className={classes.what}>
            <StateBadge kind={stateKinds[event.kind]}>{t(`sign-in.kind.${event.kind}`)}</StateBadge>
          </td>
          <td className={classes.from}>{event.remoteAddress}</td>
          <td className={classes.browser} title={event.userAgent}>
            <BrowserName userAgent={event.userAgent} />
          </td>
        </tr>
      ))}
    </DenseTable>
  )
}

function BrowserName({ userAgent }: Pick<SignInEvent, 'userAgent'>) {
  const { browser, system } = nameBrowser(userAgent)
  return [browser, system].filter((one) => one !== null).join(' · ') || userAgent
}
