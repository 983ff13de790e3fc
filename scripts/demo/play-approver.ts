import type { Simulator } from '@countersign/simulator'
import { composeReply, type ReplyStyleName } from '@countersign/simulator/webmail'

/** What an approver writes, and in which mail client. */
export interface PlayedAnswer {
  text: string
  style: ReplyStyleName
  locale: 'en' | 'fr'
}

interface Listed {
  id: string
  subject: string
}

/** As a person with a phone in a corridor would. */
const fromACorridor: PlayedAnswer = {
  text: 'Oui\n\nLivraison avant le 15, merci.',
  style: 'apple',
  locale: 'fr',
}

/**
 * Answers the newest mail in somebody's inbox, above the quoted mail. Returns when the reply had arrived, in milliseconds
 * of the epoch.
 */
export async function playApprover(
  simulator: Pick<Simulator, 'http'>,
  approver: { name: string; address: string },
  answer = fromACorridor,
): Promise<number> {
  const mailbox = `${simulator.http}/_sim/mailboxes/${approver.address}`
  const inbox = await fetch(`${mailbox}/folders/Inbox/messages`)
  const newest = ((await inbox.json()) as Listed[]).at(-1)
  if (!newest) throw new Error(`no mail in the inbox of ${approver.address}`)
  const original = await fetch(`${mailbox}/folders/Inbox/messages/${encodeURIComponent(newest.id)}`)
  const reply = await composeReply({
    original: new Uint8Array(await original.arrayBuffer()),
    from: approver,
    ...answer,
    date: new Date(),
  })
  const sent = await fetch(`${mailbox}/submit`, {
    method: 'POST',
    headers: { 'content-type': 'message/rfc822' },
    body: Buffer.from(reply),
  })
  const arrivedAt = Date.now()
  if (!sent.ok) throw new Error(`the reply was refused: ${await sent.text()}`)
  return arrivedAt
}
