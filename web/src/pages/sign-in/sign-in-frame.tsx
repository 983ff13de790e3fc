import { Group, Paper, Title } from '@mantine/core'
import { lazy, type ReactNode, Suspense, useEffect } from 'react'
import { Brand } from '../../app/brand.tsx'
import classes from './sign-in-frame.module.css'

// What floats brings much with it, and somebody can sign in meanwhile.
const ReadingMenus = lazy(() => import('../../app/reading-menus.tsx'))

/** A page for who is not signed in yet: nothing but its one form. */
export function SignInFrame({ title, children }: { title: string; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Countersign`
  }, [title])
  return (
    <div className={classes.frame}>
      <header className={classes.header}>
        <Brand />
        <Group gap={4}>
          <Suspense fallback={null}>
            <ReadingMenus />
          </Suspense>
        </Group>
      </header>
      <main className={classes.main}>
        <Paper withBorder p={{ base: 'lg', xs: 'xl' }} className={classes.card ?? ''}>
          <Title order={1} mb="lg">
            {title}
          </Title>
          {children}
        </Paper>
      </main>
    </div>
  )
}
