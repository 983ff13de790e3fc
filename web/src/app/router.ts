import { createRoute, createRouter, redirect } from '@tanstack/react-router'
import { actionRoutes } from '../pages/actions/routes.ts'
import { mailRoutes } from '../pages/mail/routes.ts'
import { remoteApprovalRoutes } from '../pages/remote-approval/routes.ts'
import { requestRoutes } from '../pages/requests/routes.ts'
import { sessionRoutes } from '../pages/sessions/routes.ts'
import { signInRoutes } from '../pages/sign-in/routes.ts'
import { LoadingState } from '../parts/loading-state.tsx'
import { rootRoute, shellRoute } from './root-route.tsx'

/** Where somebody comes who names no page. */
const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/actions', replace: true })
  },
})

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    homeRoute,
    ...signInRoutes,
    shellRoute.addChildren([
      ...actionRoutes,
      ...requestRoutes,
      ...mailRoutes,
      ...remoteApprovalRoutes,
      ...sessionRoutes,
    ]),
  ]),
  defaultPreload: 'intent',
  defaultPendingComponent: LoadingState,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
