import { Box, type BoxProps } from '@mantine/core'
import IconAlertTriangle from '@tabler/icons-react/icons/IconAlertTriangle'
import IconCircleCheck from '@tabler/icons-react/icons/IconCircleCheck'
import IconClock from '@tabler/icons-react/icons/IconClock'
import IconInfoCircle from '@tabler/icons-react/icons/IconInfoCircle'
import type { ReactNode } from 'react'
import classes from './callout.module.css'
import type { StateKind } from './state-badge.tsx'

const icons = { done: IconCircleCheck, waiting: IconClock, failed: IconAlertTriangle, quiet: IconInfoCircle }

interface CalloutProps extends BoxProps {
  kind: StateKind
  title?: string
  children: ReactNode
  /** `alert` is read aloud at once. */
  role?: 'alert' | 'status'
}

/** Something that should not be overlooked, with what to do about it. */
export function Callout({ kind, title, children, ...rest }: CalloutProps) {
  const Icon = icons[kind]
  return (
    <Box className={classes.callout} data-kind={kind} {...rest}>
      <Icon size={20} stroke={1.75} aria-hidden />
      <div>
        {title !== undefined && <p className={classes.title}>{title}</p>}
        {children}
      </div>
    </Box>
  )
}
