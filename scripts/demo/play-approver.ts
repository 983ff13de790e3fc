import type { Simulator } from '@countersign/simulator'
import { composeReply } from '@countersign/simulator/webmail'
import { texts } from './texts.ts'

interface Listed {
  id: string
  subject: string
}

/**
 * Answers the newest mail in somebody's inbox as a person with a phone would: OUI, above the quoted mail. Returns when
 * the reply had arrived, in milliseconds of the epoch.
 */
export async function playApprover(
  simulator: Simulator,
  approver: { name: string; address: string },
): Promise<number> {
  const mailbox = `${simulator.http}/_sim/mailboxes/${approver.address}`
  const inbox = await fetch(`${mailbox}/folders/Inbox/messages`)
  const newest = ((await inbox.json()) as Listed[]).at(-1)
  if (!newest) throw new Error(`no mail in the inbox of ${approver.address}`)
  const original = await fetch(`${mailbox}/folders/Inbox/messages/${encodeURIComponent(newest.id)}`)
  const reply = await composeReply({
    original: new Uint8Array(await original.arrayBuffer()),
    from: approver,
    text: 'Oui\n\nLivraison avant le 15, merci.',
    style: 'apple',
    locale: 'fr',
    date: new Date(),
  })
  console.log(`  ${new Date().toTimeString().slice(0, 8)}      ${texts.playing(approver.name)}`)
  const sent = await fetch(`${mailbox}/submit`, {
    method: 'POST',
    headers: { 'content-type': 'message/rfc822' },
    body: Buffer.from(reply),
  })
  const arrivedAt = Date.now()
  if (!sent.ok) throw new Error(`the reply was refused: ${await sent.text()}`)
  return arrivedAt
}
