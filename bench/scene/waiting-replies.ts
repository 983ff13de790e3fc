import { composeReply, replyStyles } from '@countersign/simulator/webmail'
import { asking, type Organisation } from './open-organisation.ts'
import type { SimulatorProcess } from './simulator-process.ts'
import { until } from './until.ts'

const approver = { name: 'Élodie Gagnon', address: 'elodie.gagnon@contoso.example' }

/**
 * Has that many requests made and asked about by mail, switches the mailbox off, and lets the manager say yes to each,
 * with every mail client in turn. Returns the replies, which now wait in the Inbox.
 */
export async function letRepliesWait(
  simulator: SimulatorProcess,
  { api, enableMailbox }: Organisation,
  count: number,
): Promise<Uint8Array[]> {
  for (let index = 0; index < count; index += 1) {
    await api('POST', '/api/requests', {
      process: 'purchase',
      requester: 'nadia.belkacem@contoso.example',
      data: { item: `Laptop ${index}`, amount: '1846.00', supplier: 'Litware Computing' },
    })
  }
  const mailbox = `/mailboxes/${approver.address}`
  await until(
    'the approval e-mails',
    async () => (await totalOf(simulator, approver.address, 'Inbox')) === count,
    200,
  )
  await until('what became of them', async () => await isAllSent({ api }), 50)
  await enableMailbox(false)

  const inbox = `${mailbox}/folders/Inbox/messages`
  const replies: Uint8Array[] = []
  for (const [index, { id }] of (await simulator.control<{ id: string }[]>('GET', inbox)).entries()) {
    const reply = await composeReply({
      original: await simulator.download(`${inbox}/${encodeURIComponent(id)}`),
      from: approver,
      text: 'Oui\n\nLivraison avant le 15, merci.',
      style: replyStyles[index % replyStyles.length] ?? 'plain',
      locale: 'fr',
      date: new Date(),
    })
    await simulator.control('POST', `${mailbox}/submit`, reply)
    replies.push(reply)
  }
  await until('the replies', async () => (await totalOf(simulator, asking, 'Inbox')) === count, 50)
  return replies
}

/** How many messages lie in a folder; 0 where there is no such folder. */
export async function totalOf(simulator: SimulatorProcess, address: string, name: string): Promise<number> {
  const folders = await simulator.control<{ name: string; total: number }[]>(
    'GET',
    `/mailboxes/${address}/folders`,
  )
  return folders.find((folder) => folder.name === name)?.total ?? 0
}

/** Whether every mail of ours is known to be sent. */
export async function isAllSent({ api }: Pick<Organisation, 'api'>): Promise<boolean> {
  for (const state of ['waiting', 'sending', 'unknown']) {
    const { items } = await api<{ items: unknown[] }>('GET', `/api/messages/outbound?state=${state}&limit=1`)
    if (items.length > 0) return false
  }
  return true
}
