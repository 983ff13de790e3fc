import { Link, type LinkProps } from '@tanstack/react-router'
import classes from './page-tabs.module.css'

interface PageTabsProps {
  label: string
  tabs: { to: NonNullable<LinkProps['to']>; label: string }[]
}

/** Lists that belong together, each with an address of its own. */
export function PageTabs({ label, tabs }: PageTabsProps) {
  return (
    <nav aria-label={label} className={classes.tabs}>
      {tabs.map((tab) => (
        <Link
          key={tab.to}
          to={tab.to}
          className={classes.tab ?? ''}
          activeOptions={{ exact: true, includeSearch: false }}
          activeProps={{ 'aria-current': 'page' }}
        >
          {tab.label}
        </Link>
      ))}
    </nav>
  )
}
