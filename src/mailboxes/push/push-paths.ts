/** Where a provider calls us, behind the public URL: of new mail, and of what befalls a subscription. */
export const pushPaths = {
  notifications: '/push/graph/notifications',
  lifecycle: '/push/graph/lifecycle',
} as const
