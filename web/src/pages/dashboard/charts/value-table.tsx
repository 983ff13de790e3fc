import { VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './chart.module.css'

export interface ValueTableProps {
  title: string
  /** The first one is of what names a row. */
  columns: string[]
  rows: { key: string; cells: string[] }[]
}

/** The figures of a chart, folded away until somebody wants to read them. */
export function ValueTable({ title, columns, rows }: ValueTableProps) {
  const { t } = useTranslation('dashboard')
  return (
    <details className={classes.values}>
      <summary>{t('as-table')}</summary>
      <table className={classes.table}>
        <VisuallyHidden component="caption">{title}</VisuallyHidden>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells: [name, ...values] }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              {values.map((value, index) => (
                <td key={columns[index + 1]}>{value}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
