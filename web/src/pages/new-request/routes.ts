import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../app/root-route.tsx'

export const newRequestRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/requests/new',
    component: lazyRouteComponent(() => import('./processes-page.tsx'), 'ProcessesPage'),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/requests/new/$process',
    component: lazyRouteComponent(() => import('./new-request-page.tsx'), 'NewRequestPage'),
  }),
] as const
