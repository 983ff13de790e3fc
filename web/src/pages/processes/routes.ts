import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../app/root-route.tsx'
import { viewIn } from './views.ts'

export const processRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/processes',
    component: lazyRouteComponent(() => import('./processes-page.tsx'), 'ProcessesPage'),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    // No process can have this name.
    path: '/processes/+new',
    validateSearch: viewIn,
    component: lazyRouteComponent(() => import('./new-process-page.tsx'), 'NewProcessPage'),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/processes/$name',
    validateSearch: viewIn,
    component: lazyRouteComponent(() => import('./process-page.tsx'), 'ProcessPage'),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/processes/$name/versions/$version',
    component: lazyRouteComponent(() => import('./versions/version-page.tsx'), 'VersionPage'),
  }),
] as const
