import IconMailCog from '@tabler/icons-react/icons/IconMailCog'
import type { LinkProps } from '@tanstack/react-router'
import type { ComponentType } from 'react'

interface NavigationSection {
  /** Key of the heading, below `navigation`. */
  key: 'configuration'
  entries: {
    /** Key of the text, below `navigation`. */
    key: 'remote-approval'
    to: LinkProps['to']
    icon: ComponentType<{ size: number; stroke: number; 'aria-hidden': true }>
  }[]
}

/** What stands on the left, in this order. */
export const navigation: NavigationSection[] = [
  {
    key: 'configuration',
    entries: [{ key: 'remote-approval', to: '/configuration/remote-approval', icon: IconMailCog }],
  },
]
