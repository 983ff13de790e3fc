import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../app/root-route.tsx'

export const absenceRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/absence',
    component: lazyRouteComponent(() => import('./absence-page.tsx'), 'AbsencePage'),
  }),
] as const
