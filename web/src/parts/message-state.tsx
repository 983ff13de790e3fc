import { Box, Text, Title } from '@mantine/core'
import type { ComponentType, ReactNode } from 'react'
import classes from './message-state.module.css'

interface MessageStateProps {
  icon: ComponentType<{ size: number; stroke: number; 'aria-hidden': true }>
  title: string
  children: ReactNode
  /** What one can do about it. */
  action?: ReactNode
  /** Read aloud at once, as for what went wrong. */
  role?: 'alert'
}

/** What stands in the place of content when there is none: what is so, and what to do. */
export function MessageState({ icon: Icon, title, children, action, role }: MessageStateProps) {
  return (
    <Box className={classes.state} role={role}>
      <Icon size={32} stroke={1.5} aria-hidden />
      <Title order={2}>{title}</Title>
      <Text c="dimmed" maw={520}>
        {children}
      </Text>
      {action}
    </Box>
  )
}
