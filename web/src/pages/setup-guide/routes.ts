import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../app/root-route.tsx'
import { placeIn } from './place.ts'

export const setupGuideRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/configuration/setup-guide',
    validateSearch: placeIn,
    component: lazyRouteComponent(() => import('./setup-guide-page.tsx'), 'SetupGuidePage'),
  }),
] as const
