import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../app/root-route.tsx'
import { filterIn } from './filter.ts'

export const mailRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/mail',
    validateSearch: filterIn,
    component: lazyRouteComponent(() => import('./mail-page.tsx'), 'MailPage'),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/mail/try',
    component: lazyRouteComponent(() => import('./try/try-page.tsx'), 'TryPage'),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/mail/footers',
    component: lazyRouteComponent(() => import('./footers/footers-page.tsx'), 'FootersPage'),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/mail/$id',
    component: lazyRouteComponent(() => import('./message-page.tsx'), 'MessagePage'),
  }),
] as const
