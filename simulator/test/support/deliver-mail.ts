import type { Simulator } from '../../src/index.ts'
import { control } from './ews-client.ts'
import { mail } from './ews-requests.ts'

let counter = 0

/** Delivers a colleague's mail into the approvals mailbox, numbered unless told otherwise, and gives its id. */
export async function deliverMail(
  simulator: Simulator,
  fields: Record<string, string> = {},
  body?: string,
): Promise<string> {
  counter += 1
  const raw = mail(
    {
      From: '"Nadia Belkacem" <nadia.belkacem@contoso.example>',
      To: 'approvals@contoso.example',
      Subject: `Message ${counter}`,
      'Message-ID': `<m${counter}@contoso.example>`,
      ...fields,
    },
    body,
  )
  const path = '/mailboxes/approvals@contoso.example/messages?as=internal'
  return (await control<{ id: string }>(simulator, 'POST', path, raw)).id
}

/** The number of the mail delivered last. */
export function lastNumber(): number {
  return counter
}
