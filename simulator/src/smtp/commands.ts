/** The greeting of a connection, as faults and the count of calls know it. */
export const GREETING = 'SMTP CONNECT'

/** The commands of a submission server (RFC 6409), as Exchange Online offers them. */
export const verbs = [
  'EHLO',
  'HELO',
  'STARTTLS',
  'AUTH',
  'MAIL',
  'RCPT',
  'DATA',
  'BDAT',
  'RSET',
  'NOOP',
  'QUIT',
] as const

export type Verb = (typeof verbs)[number]

/** What faults may be laid for, and calls are counted by. */
export const smtpOperationNames = [GREETING, ...verbs.map((verb) => `SMTP ${verb}`)]
