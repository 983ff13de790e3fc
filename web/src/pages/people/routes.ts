import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../app/root-route.tsx'
import { filterIn } from './filter.ts'

export const peopleRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/people',
    validateSearch: filterIn,
    component: lazyRouteComponent(() => import('./people-page.tsx'), 'PeoplePage'),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/people/new',
    component: lazyRouteComponent(() => import('./new-person-page.tsx'), 'NewPersonPage'),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/people/import',
    component: lazyRouteComponent(() => import('./import/import-page.tsx'), 'ImportPage'),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/people/groups',
    component: lazyRouteComponent(() => import('./groups/groups-page.tsx'), 'GroupsPage'),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/people/groups/$id',
    component: lazyRouteComponent(() => import('./groups/group-page.tsx'), 'GroupPage'),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/people/$id',
    component: lazyRouteComponent(() => import('./person/person-page.tsx'), 'PersonPage'),
  }),
] as const
