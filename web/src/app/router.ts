import { createRoute, createRouter, redirect } from '@tanstack/react-router'
import { sessionQuery } from '../api/session.ts'
import { absenceRoutes } from '../pages/absence/routes.ts'
import { actionRoutes } from '../pages/actions/routes.ts'
import { auditRoutes } from '../pages/audit/routes.ts'
import { dashboardRoutes } from '../pages/dashboard/routes.ts'
import { mailRoutes } from '../pages/mail/routes.ts'
import { newRequestRoutes } from '../pages/new-request/routes.ts'
import { peopleRoutes } from '../pages/people/routes.ts'
import { processRoutes } from '../pages/processes/routes.ts'
import { remoteApprovalRoutes } from '../pages/remote-approval/routes.ts'
import { requestRoutes } from '../pages/requests/routes.ts'
import { sessionRoutes } from '../pages/sessions/routes.ts'
import { settingsRoutes } from '../pages/settings/routes.ts'
import { setupGuideRoutes } from '../pages/setup-guide/routes.ts'
import { signInRoutes } from '../pages/sign-in/routes.ts'
import { LoadingState } from '../parts/loading-state.tsx'
import { queryClient } from './query-client.ts'
import { rootRoute, shellRoute } from './root-route.tsx'

/** Where somebody comes who names no page: whoever looks after the installation sees how it does, others what waits for them. */
const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: async () => {
    // The page they come to says what went wrong.
    const session = await queryClient.ensureQueryData(sessionQuery).catch(() => null)
    const isAdministrator = session?.person.role === 'administrator'
    throw redirect({ to: isAdministrator ? '/dashboard' : '/actions', replace: true })
  },
})

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    homeRoute,
    ...signInRoutes,
    shellRoute.addChildren([
      ...actionRoutes,
      ...requestRoutes,
      ...dashboardRoutes,
      ...newRequestRoutes,
      ...absenceRoutes,
      ...mailRoutes,
      ...auditRoutes,
      ...peopleRoutes,
      ...remoteApprovalRoutes,
      ...setupGuideRoutes,
      ...processRoutes,
      ...settingsRoutes,
      ...sessionRoutes,
    ]),
  ]),
  defaultPreload: 'intent',
  defaultPendingComponent: LoadingState,
  scrollRestoration: true,
  // What is none of the values that a page takes goes from the address, and is not sent on.
  search: { strict: true },
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
