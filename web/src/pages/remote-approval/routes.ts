import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../app/root-route.tsx'

export const remoteApprovalRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/configuration/remote-approval',
    component: lazyRouteComponent(() => import('./mailboxes-page.tsx'), 'MailboxesPage'),
  }),
] as const
