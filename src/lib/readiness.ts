/** Whether the product can do its work, and what is wrong when it cannot. */
export type Readiness = ReadinessCheck[]

export interface ReadinessCheck {
  name: 'database' | 'queue' | 'mailboxes'
  /** None when it works. */
  problems: ReadinessProblem[]
  /** What will be a problem unless somebody sees to it; it works until then. */
  warnings?: ReadinessWarning[]
}

/** Texts under `notices:warning.<code>` tell it. */
export interface ReadinessWarning {
  code: 'credential-expiring' | 'credential-expired'
  mailbox: string
  /** ISO 8601 */
  since: string
  daysLeft: number
}

/** Texts under `notices:health.<code>` tell it. */
export type ReadinessProblem =
  | { code: 'database-unreachable' | 'queue-stalled' }
  | {
      code: 'mailbox-paused' | 'mailbox-detached' | 'mailbox-unreachable'
      mailbox: string
      /** ISO 8601 */
      since: string
      providerCode: string
    }
