import { createRoute, lazyRouteComponent, notFound } from '@tanstack/react-router'
import { shellRoute } from '../../app/root-route.tsx'
import { type ActionList, actionLists } from './actions.ts'

export const actionRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/actions',
    validateSearch: ({ list }): { list?: ActionList } => {
      const wanted = actionLists.find((one) => one === list)
      return wanted === undefined ? {} : { list: wanted }
    },
    component: lazyRouteComponent(() => import('./actions-page.tsx'), 'ActionsPage'),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/actions/$id',
    beforeLoad: ({ params }) => {
      if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(params.id)) throw notFound()
    },
    component: lazyRouteComponent(() => import('./action-page.tsx'), 'ActionPage'),
  }),
] as const
