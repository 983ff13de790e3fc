import { createRoute, lazyRouteComponent, notFound } from '@tanstack/react-router'
import { shellRoute } from '../../app/root-route.tsx'
import { filterIn } from './filter.ts'

export const auditRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/audit',
    validateSearch: filterIn,
    component: lazyRouteComponent(() => import('./audit-page.tsx'), 'AuditPage'),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/audit/sign-ins',
    component: lazyRouteComponent(() => import('./sign-ins-page.tsx'), 'SignInsPage'),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/audit/entries/$id',
    beforeLoad: ({ params }) => {
      if (!/^[1-9]\d{0,9}-[1-9]\d{0,9}$/.test(params.id)) throw notFound()
    },
    component: lazyRouteComponent(() => import('./entry-page.tsx'), 'EntryPage'),
  }),
] as const
