import type { ReactNode } from 'react'
import classes from './filter-bar.module.css'

/** What a list is filtered by, side by side. */
export function FilterBar({ label, children }: { label: string; children: ReactNode }) {
  return (
    <search className={classes.filters} aria-label={label}>
      {children}
    </search>
  )
}
