import { Anchor, Group, Paper, Text } from '@mantine/core'
import { Link, type LinkProps } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import classes from './list-card.module.css'

interface ListCardProps {
  title: string
  link: Pick<LinkProps, 'to' | 'params'>
  badge?: ReactNode
  children: ReactNode
}

/** An entry of a list that leads to a page of its own; all of it can be pressed. */
export function ListCard({ title, link, badge, children }: ListCardProps) {
  return (
    <Paper component="li" withBorder px="lg" py="md" className={classes.card ?? ''}>
      <Group justify="space-between" align="flex-start" gap="xs">
        <Anchor
          renderRoot={(props) => <Link {...link} {...props} />}
          className={classes.link ?? ''}
          underline="never"
        >
          {title}
        </Anchor>
        {badge}
      </Group>
      <Text component="div" c="dimmed" size="sm" mt={4}>
        {children}
      </Text>
    </Paper>
  )
}
