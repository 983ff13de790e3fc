import { z } from 'zod'

/** Who may look at mailboxes and change them. */
export const mailboxRight = { scope: 'mailboxes:write', role: 'administrator' } as const

/** Which mailbox a route is about. */
export const mailboxByName = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,29}$/)
    .describe('Lower-case letters, digits and hyphens'),
})
