import { Paper } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './list-item.module.css'

/** An entry of a list that shows all there is: it leads nowhere. */
export function ListItem({ children }: { children: ReactNode }) {
  return (
    <Paper component="li" withBorder px="lg" py="md" className={classes.card ?? ''}>
      {children}
    </Paper>
  )
}
