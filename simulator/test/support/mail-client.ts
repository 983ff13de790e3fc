import type { Simulator } from '../../src/index.ts'
import { accessToken } from './ews-client.ts'
import { type LineClient, openLines, xoauth2 } from './line-client.ts'

export const approvals = 'approvals@contoso.example'

/** An IMAP connection in a mailbox, with the Inbox selected unless told otherwise. */
export async function openImap(
  simulator: Simulator,
  { user = approvals, folder = 'INBOX' as string | null } = {},
): Promise<LineClient> {
  const client = await openLines(simulator, simulator.imapsUrl)
  await client.read()
  const [answer] = await client.imap(`AUTHENTICATE XOAUTH2 ${xoauth2(user, await accessToken(simulator))}`)
  if (answer !== 'OK AUTHENTICATE completed.') throw new Error(answer)
  if (folder !== null) await client.imap(`SELECT ${folder}`)
  return client
}

/** An SMTP connection that has said EHLO, and logged in unless told otherwise. */
export async function openSmtp(
  simulator: Simulator,
  { user = approvals, isLoggedIn = true } = {},
): Promise<LineClient> {
  const client = await openLines(simulator, simulator.smtpsUrl)
  await client.read()
  await client.smtp('EHLO client.example')
  if (isLoggedIn) {
    const [reply] = await client.smtp(`AUTH XOAUTH2 ${xoauth2(user, await accessToken(simulator))}`)
    if (!reply?.startsWith('235 ')) throw new Error(reply)
  }
  return client
}
