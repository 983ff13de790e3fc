import IconChecklist from '@tabler/icons-react/icons/IconChecklist'
import IconFileText from '@tabler/icons-react/icons/IconFileText'
import IconMail from '@tabler/icons-react/icons/IconMail'
import IconMailCog from '@tabler/icons-react/icons/IconMailCog'
import type { LinkProps } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import type { Session } from '../api/session.ts'

type Role = Session['person']['role']

interface NavigationSection {
  /** Key of the heading, below `navigation`. */
  key: 'portal' | 'oversight' | 'configuration'
  entries: {
    /** Key of the text, below `navigation`. */
    key: 'actions' | 'requests' | 'mail' | 'remote-approval'
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
    ],
  },
  { key: 'oversight', entries: [{ key: 'mail', to: '/mail', icon: IconMail, from: 'auditor' }] },
  {
    key: 'configuration',
    entries: [
      {
        key: 'remote-approval',
        to: '/configuration/remote-approval',
        icon: IconMailCog,
        from: 'administrator',
      },
    ],
  },
]

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
