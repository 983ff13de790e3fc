import { VisuallyHidden } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { DenseTable, rowLink } from '../../parts/dense-table.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import type { Entry } from './entries.ts'
import classes from './entry-table.module.css'

const columns = ['time', 'what', 'door', 'request'] as const

/** Entries in words, each of which leads to its facts and digests. */
export function EntryTable({ entries }: { entries: Entry[] }) {
  const { t } = useTranslation('audit')
  return (
    <DenseTable
      caption={t('table.caption')}
      columns={columns.map((column) => t(`table.${column}`))}
      className={classes.table}
    >
      {entries.map((entry) => (
        <Row key={entry.id} entry={entry} />
      ))}
    </DenseTable>
  )
}

function Row({ entry: { id, at, said, door, comment, request } }: { entry: Entry }) {
  const { t } = useTranslation('audit')
  return (
    <tr>
      <td className={classes.time}>
        <RelativeTime at={at} />
      </td>
      <td className={classes.what}>
        <Link to="/audit/entries/$id" params={{ id }} className={rowLink}>
          <bdi>{said}</bdi>
        </Link>
        {comment !== '' && (
          <div className={classes.comment}>
            <bdi>{comment}</bdi>
          </div>
        )}
      </td>
      <td className={classes.door}>{door !== null && t(`door.${door}`)}</td>
      <td className={classes.request} title={request.title}>
        <VisuallyHidden>{t('request', { number: request.id })}</VisuallyHidden>
        <span aria-hidden>#{request.id}</span>
      </td>
    </tr>
  )
}
