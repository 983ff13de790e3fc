import { Text } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from '../setup-guide.module.css'

interface StepBodyProps {
  /** What the step is for. */
  why: string
  /** What to do; a drawing of the place in the portal stands beside it. */
  todo?: ReactNode
  drawing?: ReactNode
  /** What it takes: values, fields, commands. */
  children?: ReactNode
}

/** A step: what it is for, what to do, and what that takes. */
export function StepBody({ why, todo, drawing, children }: StepBodyProps) {
  return (
    <div className={classes.text}>
      <div className={classes.content}>
        <div className={classes.text}>
          <Text>{why}</Text>
          {todo}
        </div>
        {drawing && <div>{drawing}</div>}
      </div>
      {children}
    </div>
  )
}

/** What to do, in order. */
export function Instructions({ items }: { items: string[] }) {
  return (
    <ol className={classes.instructions}>
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ol>
  )
}
