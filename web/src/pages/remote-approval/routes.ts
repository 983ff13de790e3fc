import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../app/root-route.tsx'
import { prefillIn } from './form/prefill.ts'

export const remoteApprovalRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/configuration/remote-approval',
    component: lazyRouteComponent(() => import('./mailboxes-page.tsx'), 'MailboxesPage'),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    // No mailbox can have this name.
    path: '/configuration/remote-approval/+new',
    validateSearch: prefillIn,
    component: lazyRouteComponent(() => import('./new-mailbox-page.tsx'), 'NewMailboxPage'),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/configuration/remote-approval/$mailbox',
    component: lazyRouteComponent(() => import('./mailbox-page.tsx'), 'MailboxPage'),
  }),
] as const
