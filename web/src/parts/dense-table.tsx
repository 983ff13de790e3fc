import { VisuallyHidden } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './dense-table.module.css'

interface DenseTableProps {
  /** Read aloud before the rows. */
  caption: string
  columns: string[]
  /** Says how wide columns are, and where cells stand on a phone. */
  className: string | undefined
  /** Rows. */
  children: ReactNode
}

/** Dense rows of a log; on a phone each is a few lines. */
export function DenseTable({ caption, columns, className = '', children }: DenseTableProps) {
  return (
    <div className={classes.frame}>
      <table className={`${classes.table} ${className}`}>
        <VisuallyHidden component="caption">{caption}</VisuallyHidden>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}

/** Of the link in a row that leads to its page: all of the row can be pressed. */
export const rowLink = classes.link ?? ''
