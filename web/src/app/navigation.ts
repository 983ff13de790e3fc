import IconChecklist from '@tabler/icons-react/icons/IconChecklist'
import IconFileText from '@tabler/icons-react/icons/IconFileText'
import IconMail from '@tabler/icons-react/icons/IconMail'
import IconMailCog from '@tabler/icons-react/icons/IconMailCog'
import type { LinkProps } from '@tanstack/react-router'
import type { ComponentType } from 'react'

interface NavigationSection {
  /** Key of the heading, below `navigation`. */
  key: 'portal' | 'oversight' | 'configuration'
  entries: {
    /** Key of the text, below `navigation`. */
    key: 'actions' | 'requests' | 'mail' | 'remote-approval'
    to: LinkProps['to']
    icon: ComponentType<{ size: number; stroke: number; 'aria-hidden': true }>
  }[]
}

/** What stands on the left, in this order. */
export const navigation: NavigationSection[] = [
  {
    key: 'portal',
    entries: [
      { key: 'actions', to: '/actions', icon: IconChecklist },
      { key: 'requests', to: '/requests', icon: IconFileText },
    ],
  },
  { key: 'oversight', entries: [{ key: 'mail', to: '/mail', icon: IconMail }] },
  {
    key: 'configuration',
    entries: [{ key: 'remote-approval', to: '/configuration/remote-approval', icon: IconMailCog }],
  },
]
