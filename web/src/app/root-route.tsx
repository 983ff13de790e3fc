import { createRootRoute, createRoute, Outlet } from '@tanstack/react-router'
import { Suspense } from 'react'
import { ErrorState } from '../parts/error-state.tsx'
import { LoadingState } from '../parts/loading-state.tsx'
import { NotFound } from './not-found.tsx'
import { Shell } from './shell.tsx'

/** Above every page; pages outside the shell, such as the sign-in page, hang here. */
export const rootRoute = createRootRoute({
  component: () => (
    <Suspense fallback={null}>
      <Outlet />
    </Suspense>
  ),
  notFoundComponent: () => (
    <Shell>
      <NotFound />
    </Shell>
  ),
  errorComponent: ({ error, reset }) => <ErrorState error={error} onRetry={reset} />,
})

/** Pages with the navigation beside them. */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  component: () => (
    <Shell>
      <Suspense fallback={<LoadingState />}>
        <Outlet />
      </Suspense>
    </Shell>
  ),
})
