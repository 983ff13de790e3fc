import { Anchor, Box, Breadcrumbs, Group, Title } from '@mantine/core'
import { Link, type LinkProps } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import classes from './page.module.css'

export interface Crumb {
  label: string
  /** Where it leads; a heading of the navigation without a page of its own leads nowhere. */
  to?: LinkProps['to']
}

interface PageProps {
  title: string
  /** The way here, without the page itself. */
  crumbs?: Crumb[]
  /** Buttons for the whole page. */
  actions?: ReactNode
  children: ReactNode
}

/** A page: the way here, its title (of the browser's tab too), what can be done with it, and its content. */
export function Page({ title, crumbs = [], actions, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Countersign`
  }, [title])
  return (
    <Box className={classes.page}>
      {crumbs.length > 0 && (
        <Breadcrumbs separator="›" className={classes.crumbs ?? ''}>
          {crumbs.map(({ label, to }) =>
            to === undefined ? (
              <span key={label}>{label}</span>
            ) : (
              <Anchor key={label} renderRoot={(props) => <Link to={to} {...props} />} inherit>
                {label}
              </Anchor>
            ),
          )}
        </Breadcrumbs>
      )}
      <Group justify="space-between" mb="lg" gap="sm">
        <Title order={1}>{title}</Title>
        {actions}
      </Group>
      {children}
    </Box>
  )
}
