import type { TenantSettings } from './tenant.ts'

/** The organisation a simulator starts with: one tenant's settings and the mailboxes inside and outside it. */
export interface Company extends TenantSettings {
  /** Directory (tenant) id, a GUID. */
  id: string
  domains: string[]
  mailboxes: NewMailbox[]
}

export interface NewMailbox extends MailboxSettings {
  address: string
  displayName?: string
  /** BCP 47 language of its owner; decides the language of automatic replies. */
  locale?: string
  aliases?: string[]
}

/** What may be changed of a mailbox that is there. */
export interface MailboxSettings {
  /** Lets its owner in by HTTP Basic, as Exchange on the own premises does; `null`, the default: no Basic. */
  password?: string | null
  /** `false`: its licence carries no EWS right (Kiosk, Frontline). */
  ewsEnabled?: boolean
  /** `false`: Graph does not reach it, for want of a licence or because it is on the own premises. */
  graphEnabled?: boolean
  /** `true`: beyond its quota. */
  isFull?: boolean
  /** `Set-CASMailbox -ImapEnabled`. */
  imapEnabled?: boolean
  /** `Set-CASMailbox -SmtpClientAuthenticationDisabled`; `null`, the default: as the organisation has it. */
  smtpAuthDisabled?: boolean | null
}

/** Contoso with a requester, a manager, a financial controller, and an approver at another company. */
export const defaultCompany: Company = {
  id: '11111111-2222-3333-4444-555555555555',
  displayName: 'Contoso',
  domains: ['contoso.example'],
  apps: [
    {
      id: 'aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb',
      // Holds every character that a form encoded by hand breaks.
      secrets: [{ value: 'a8Q~x+y&z=50%-Sim', expiresAt: null }],
      roles: ['full_access_as_app', 'Mail.ReadWrite', 'Mail.Send', 'IMAP.AccessAsApp', 'SMTP.SendAsApp'],
      mailboxes: null,
    },
  ],
  mailboxes: [
    { address: 'approvals@contoso.example', displayName: 'Approvals' },
    { address: 'nadia.belkacem@contoso.example', displayName: 'Nadia Belkacem' },
    { address: 'elodie.gagnon@contoso.example', displayName: 'Élodie Gagnon', locale: 'fr' },
    { address: 'thomas.berger@contoso.example', displayName: 'Thomas Berger' },
    { address: 'anna.novak@fabrikam.example', displayName: 'Anna Novák' },
  ],
}
