import { VisuallyHidden } from '@mantine/core'
import IconArrowDownLeft from '@tabler/icons-react/icons/IconArrowDownLeft'
import IconArrowUpRight from '@tabler/icons-react/icons/IconArrowUpRight'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { DenseTable, rowLink } from '../../parts/dense-table.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import classes from './mail-table.module.css'
import type { ListedMessage } from './messages.ts'
import { StandingBadge } from './standing-badge.tsx'
import { addressOf, timeOf, titleOf } from './title-of.ts'

const columns = ['time', 'who', 'what', 'request', 'standing'] as const

/** Messages in dense rows, each of which leads to its message; on a phone two lines a row. */
export function MailTable({ messages }: { messages: ListedMessage[] }) {
  const { t } = useTranslation('mail')
  return (
    <DenseTable
      caption={t('table.caption')}
      columns={columns.map((column) => t(`table.${column}`))}
      className={classes.table}
    >
      {messages.map((message) => (
        <Row key={message.id} message={message} />
      ))}
    </DenseTable>
  )
}

function Row({ message }: { message: ListedMessage }) {
  const { t } = useTranslation('mail')
  const request = message.state === 'unfetched' ? null : message.requestId
  return (
    <tr>
      <td className={classes.time}>
        <RelativeTime at={timeOf(message)} />
      </td>
      <td className={classes.who}>
        <Who message={message} />
      </td>
      <td className={classes.what}>
        <Link to="/mail/$id" params={{ id: message.id }} className={rowLink}>
          <bdi>{titleOf(message, t)}</bdi>
        </Link>
      </td>
      <td className={classes.request}>
        {request !== null && (
          <>
            <VisuallyHidden>{t('request', { number: request })}</VisuallyHidden>
            <span aria-hidden>#{request}</span>
          </>
        )}
      </td>
      <td className={classes.standing}>
        <StandingBadge standing={message.standing} />
      </td>
    </tr>
  )
}

/** The arrow says which way it went; whoever cannot see it hears it. */
function Who({ message }: { message: ListedMessage }) {
  const { t } = useTranslation('mail')
  const isInbound = message.direction === 'inbound'
  const address = addressOf(message) || t('no-sender')
  const Arrow = isInbound ? IconArrowDownLeft : IconArrowUpRight
  return (
    <span className={classes.address}>
      <Arrow size={16} stroke={1.75} aria-hidden data-direction={message.direction} />
      <VisuallyHidden>{t(isInbound ? 'from' : 'to', { address })}</VisuallyHidden>
      <bdi aria-hidden title={address}>
        {address}
      </bdi>
    </span>
  )
}
