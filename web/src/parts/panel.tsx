import { Paper, type PaperProps, Title } from '@mantine/core'
import { type ReactNode, useId } from 'react'

/** A framed part of a page with its heading, which names it to screen readers too. */
export function Panel({ title, children, ...rest }: PaperProps & { title: string; children: ReactNode }) {
  const id = useId()
  return (
    <Paper component="section" aria-labelledby={id} withBorder p="lg" {...rest}>
      <Title order={2} id={id} mb="md">
        {title}
      </Title>
      {children}
    </Paper>
  )
}
