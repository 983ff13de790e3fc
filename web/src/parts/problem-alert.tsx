import { Alert } from '@mantine/core'
import IconAlertTriangle from '@tabler/icons-react/icons/IconAlertTriangle'
import type { ReactNode } from 'react'

interface ProblemAlertProps {
  title: string
  detail: string
  /** What can be done about it here. */
  children?: ReactNode
}

/** What kept something from being done, beside the button that was pressed. */
export function ProblemAlert({ title, detail, children }: ProblemAlertProps) {
  return (
    <Alert
      variant="outline"
      color="red"
      icon={<IconAlertTriangle aria-hidden />}
      role="alert"
      title={title}
      styles={{ label: { color: 'var(--mantine-color-text)' } }}
    >
      {detail}
      {children}
    </Alert>
  )
}
