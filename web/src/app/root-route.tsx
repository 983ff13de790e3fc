import { createRootRoute, createRoute, lazyRouteComponent, Outlet } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { BrokenPage } from './broken-page.tsx'

// Not needed to sign in.
const layout = () => import('./shell-layout.tsx')
const NotFoundLayout = lazy(async () => ({ default: (await layout()).NotFoundLayout }))

/** Above every page; pages outside the shell, such as the sign-in page, hang here. */
export const rootRoute = createRootRoute({
  component: () => (
    <Suspense fallback={null}>
      <Outlet />
    </Suspense>
  ),
  notFoundComponent: () => (
    <Suspense fallback={null}>
      <NotFoundLayout />
    </Suspense>
  ),
  errorComponent: BrokenPage,
})

/** Pages with the navigation beside them. */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  component: lazyRouteComponent(layout, 'ShellLayout'),
})
