import { Anchor, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { sessionQuery } from '../../api/session.ts'
import { Panel } from '../../parts/panel.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { healthOf } from '../remote-approval/health-of.ts'
import type { MailboxHealth } from './dashboard.ts'
import classes from './mailboxes-panel.module.css'
import { useWritten } from './written.ts'

/** More would push everything else off the screen. */
const MOST_SHOWN = 8

/** What is wrong comes first. */
const order = ['failed', 'waiting', 'quiet', 'done']

/** The mailboxes and how they do, in words. */
export function MailboxesPanel({ mailboxes }: { mailboxes: MailboxHealth[] }) {
  const { t } = useTranslation('dashboard')
  const { count } = useWritten()
  const urgency = (mailbox: MailboxHealth) => order.indexOf(healthOf(mailbox).kind)
  const sorted = mailboxes.toSorted((one, other) => urgency(one) - urgency(other))
  const left = sorted.length - MOST_SHOWN
  return (
    <Panel title={t('mailboxes.title')} pb="xs">
      <ul className={classes.list}>
        {sorted.slice(0, MOST_SHOWN).map((mailbox) => (
          <MailboxRow key={mailbox.name} mailbox={mailbox} />
        ))}
      </ul>
      {left > 0 && (
        <Text c="dimmed" size="sm" py="xs">
          {t('mailboxes.left', { count: left, number: count(left) })}
        </Text>
      )}
    </Panel>
  )
}

function MailboxRow({ mailbox }: { mailbox: MailboxHealth }) {
  const { t } = useTranslation(['dashboard', 'remote-approval'])
  const { data: session } = useQuery(sessionQuery)
  const { word, kind } = healthOf(mailbox)
  const { name, user, lastReceivedAt, sending, trouble, credential, retirement } = mailbox
  const advice = trouble?.message ?? credential?.message ?? retirement?.message
  return (
    <li className={classes.mailbox}>
      <span className={classes.address}>
        {session?.person.role === 'administrator' ? (
          <Anchor
            c="var(--mantine-color-text)"
            inherit
            renderRoot={(props) => (
              <Link to="/configuration/remote-approval/$mailbox" params={{ mailbox: name }} {...props} />
            )}
          >
            {user}
          </Anchor>
        ) : (
          user
        )}
      </span>
      <StateBadge kind={kind}>{t(`remote-approval:health.${word}`)}</StateBadge>
      <p className={`${classes.more} ${classes.quiet}`}>
        {lastReceivedAt === null ? (
          t('mailboxes.never-read')
        ) : (
          <>
            {t('mailboxes.last-read')} <RelativeTime at={lastReceivedAt} />
          </>
        )}
        {sending.waiting > 0 && ` · ${t('remote-approval:waiting', { count: sending.waiting })}`}
      </p>
      {advice && <p className={classes.more}>{advice}</p>}
    </li>
  )
}
