import { AppShell, Burger, Group, NavLink, Text } from '@mantine/core'
import { useDisclosure, useReducedMotion } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link, useLocation } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { sessionQuery } from '../api/session.ts'
import { Brand } from './brand.tsx'
import { navigationFor } from './navigation.ts'
import classes from './shell.module.css'
import { useChanges } from './use-changes.ts'

// What floats brings much with it, and the page can be read meanwhile.
const HeaderMenus = lazy(() => import('./header-menus.tsx'))

/** How long the navigation takes to slide in on a phone. */
const SLIDE_MS = 200

/** The frame of the pages: navigation on the left, which a burger opens on a phone. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const [isOpen, { toggle, close }] = useDisclosure(false)
  const { pathname } = useLocation()
  // Mantine's own parts heed it by themselves; its frame does not.
  const isStill = useReducedMotion(undefined, { getInitialValueInEffect: false })
  const { data: session } = useQuery(sessionQuery)
  // While it is asked who they are, what everybody may see.
  const role = session === undefined ? 'member' : (session?.person.role ?? null)
  useChanges(session?.person.id)
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever has got to a page has chosen
  useEffect(close, [pathname])
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 248, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding={{ base: 'md', sm: 'xl' }}
      transitionDuration={isStill ? 0 : SLIDE_MS}
    >
      <a href="#content" className={classes.skip}>
        {t('skip')}
      </a>
      <AppShell.Header className={classes.header ?? ''}>
        <Group gap="sm" wrap="nowrap">
          <Burger
            opened={isOpen}
            onClick={toggle}
            hiddenFrom="sm"
            size="sm"
            aria-label={t(isOpen ? 'navigation.close' : 'navigation.open')}
            aria-expanded={isOpen}
          />
          <Brand />
        </Group>
        <Group gap={4} wrap="nowrap">
          <Suspense fallback={null}>
            <HeaderMenus />
          </Suspense>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" aria-label={t('navigation.label')} className={classes.navbar ?? ''}>
        {navigationFor(role).map((section) => (
          <div key={section.key}>
            <Text className={classes.heading ?? ''}>{t(`navigation.${section.key}`)}</Text>
            {section.entries.map(({ key, to, icon: Icon }) => (
              <NavLink
                key={key}
                renderRoot={(props) => <Link to={to} {...props} />}
                active={pathname.startsWith(String(to))}
                label={t(`navigation.${key}`)}
                leftSection={<Icon size={18} stroke={1.75} aria-hidden />}
                className={classes.entry ?? ''}
              />
            ))}
          </div>
        ))}
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} className={classes.main ?? ''}>
        {children}
      </AppShell.Main>
    </AppShell>
  )
}
