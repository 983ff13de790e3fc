import IconCalendarOff from '@tabler/icons-react/icons/IconCalendarOff'
import IconChartBar from '@tabler/icons-react/icons/IconChartBar'
import IconChecklist from '@tabler/icons-react/icons/IconChecklist'
import IconFileText from '@tabler/icons-react/icons/IconFileText'
import IconHistory from '@tabler/icons-react/icons/IconHistory'
import IconListNumbers from '@tabler/icons-react/icons/IconListNumbers'
import IconMail from '@tabler/icons-react/icons/IconMail'
import IconMailCog from '@tabler/icons-react/icons/IconMailCog'
import IconSitemap from '@tabler/icons-react/icons/IconSitemap'
import IconUsers from '@tabler/icons-react/icons/IconUsers'
import type { LinkProps } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import type { Session } from '../api/session.ts'

type Role = Session['person']['role']

interface NavigationSection {
  /** Key of the heading, below `navigation`. */
  key: 'portal' | 'oversight' | 'configuration'
  entries: {
    /** Key of the text, below `navigation`. */
    key:
      | 'actions'
      | 'requests'
      | 'absence'
      | 'dashboard'
      | 'mail'
      | 'audit'
      | 'remote-approval'
      | 'setup-guide'
      | 'people'
      | 'processes'
    to: LinkProps['to']
    icon: ComponentType<{ size: number; stroke: number; 'aria-hidden': true }>
    /** The role from which on one may see the page; everybody may see the others. */
    from?: Role
  }[]
}

/** What stands on the left, in this order. */
const navigation: NavigationSection[] = [
  {
    key: 'portal',
    entries: [
      { key: 'actions', to: '/actions', icon: IconChecklist },
      { key: 'requests', to: '/requests', icon: IconFileText },
      { key: 'absence', to: '/absence', icon: IconCalendarOff },
    ],
  },
  {
    key: 'oversight',
    entries: [
      { key: 'dashboard', to: '/dashboard', icon: IconChartBar, from: 'auditor' },
      { key: 'mail', to: '/mail', icon: IconMail, from: 'auditor' },
      { key: 'audit', to: '/audit', icon: IconHistory, from: 'auditor' },
    ],
  },
  {
    key: 'configuration',
    entries: [
      { key: 'people', to: '/people', icon: IconUsers, from: 'auditor' },
      {
        key: 'remote-approval',
        to: '/configuration/remote-approval',
        icon: IconMailCog,
        from: 'administrator',
      },
      {
        key: 'setup-guide',
        to: '/configuration/setup-guide',
        icon: IconListNumbers,
        from: 'administrator',
      },
      { key: 'processes', to: '/processes', icon: IconSitemap, from: 'auditor' },
    ],
  },
]

/** Whether somebody of this role finds anything at an address; the server decides, and this only says so at once. */
export function mayOpen(pathname: string, role: Role): boolean {
  const entries = navigation.flatMap((section) => section.entries)
  return entries.every(
    ({ to, from = 'member' }) =>
      !`${pathname}/`.startsWith(`${to}/`) || roles.indexOf(from) <= roles.indexOf(role),
  )
}

/** Whoever has a role may see what those before it may, as on the server, which decides. */
const roles: Role[] = ['member', 'auditor', 'administrator']

/** What somebody of this role finds on the left; all of it where nobody is signed in, since the server will say so. */
export function navigationFor(role: Role | null): NavigationSection[] {
  const reach = role === null ? roles.length : roles.indexOf(role)
  return navigation
    .map(({ key, entries }) => ({
      key,
      entries: entries.filter(({ from = 'member' }) => roles.indexOf(from) <= reach),
    }))
    .filter(({ entries }) => entries.length > 0)
}
