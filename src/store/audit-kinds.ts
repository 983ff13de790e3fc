/** What happened, as audit entries name it. Each has its words in the catalogue (`audit:said`). */
export const auditKinds = [
  'request-created',
  'action-opened',
  'assignment-failed',
  'action-stood-in',
  'action-decided',
  'action-delegated',
  'action-reassigned',
  'action-commented',
  'answer-kept',
  'reply-held',
  'reply-rejected',
  'reply-too-large',
  'automatic-reply',
  'mail-delayed',
  'mail-undelivered',
  'mail-run-again',
  'mailbox-migrated',
  'evidence-exported',
  'request-completed',
  'request-cancelled',
] as const

export type AuditKind = (typeof auditKinds)[number]
