import { useTranslation } from 'react-i18next'
import { Panel } from '../../parts/panel.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import classes from './budget-panel.module.css'
import { ValueTable } from './charts/value-table.tsx'
import type { MailboxHealth } from './dashboard.ts'
import { useWritten } from './written.ts'

/** More would be read by nobody. */
const MOST_SHOWN = 8

/** What the mailboxes have sent of what they may in a day, the fullest first. */
export function BudgetPanel({ mailboxes }: { mailboxes: MailboxHealth[] }) {
  const { t } = useTranslation('dashboard')
  const { count, share } = useWritten()
  const shown = mailboxes
    .map(({ name, user, sending }) => {
      const limit = sending.recipientsPerDay
      const used = limit - sending.leftInDay
      return { name, user, limit, used, share: used / limit, sending }
    })
    .toSorted((one, other) => other.share - one.share)
    .slice(0, MOST_SHOWN)
  return (
    <Panel title={t('budget.title')}>
      <ul className={classes.list}>
        {shown.map(({ name, user, limit, used, share: part, sending }) => {
          const said = t('budget.used', { used: count(used), limit: count(limit) })
          return (
            <li key={name}>
              <div className={classes.line}>
                <strong>{user}</strong>
                <span>{said}</span>
              </div>
              <div role="img" aria-label={`${user}: ${share(part)}`} className={classes.bar}>
                <div style={{ width: `${part * 100}%` }} />
              </div>
              <div className={classes.waiting}>
                {sending.waitingForBudget === 0
                  ? t('budget.none-waits')
                  : t('budget.waiting', {
                      count: sending.waitingForBudget,
                      number: count(sending.waitingForBudget),
                    })}
                {sending.freeAt !== null && (
                  <>
                    {' · '}
                    {t('budget.free')} <RelativeTime at={sending.freeAt} />
                  </>
                )}
              </div>
            </li>
          )
        })}
      </ul>
      <ValueTable
        title={t('budget.title')}
        columns={[t('budget.mailbox'), t('budget.sent'), t('budget.limit'), t('budget.waits')]}
        rows={shown.map(({ name, user, limit, used, sending }) => ({
          key: name,
          cells: [user, count(used), count(limit), count(sending.waitingForBudget)],
        }))}
      />
    </Panel>
  )
}
