import { composeReply, replyStyles } from '@countersign/simulator/webmail'
import { approver } from '../../bench/scene/organisation.ts'
import type { SimulatorProcess } from '../../bench/scene/simulator-process.ts'
import { pick } from './random.ts'

const inbox = `/mailboxes/${approver.address}/folders/Inbox/messages`

/** What the approver writes, and what it must decide; null for nothing. */
const said: { text: string; decides: string | null }[] = [
  { text: 'Oui', decides: 'YES' },
  { text: 'Oui\n\nLivraison avant le 15, merci.', decides: 'YES' },
  { text: 'Approuvé', decides: 'YES' },
  { text: 'Non\n\nTrop cher pour cette année.', decides: 'NO' },
  { text: 'Peut-être, je regarde demain.', decides: null },
]

/** Answers every approval e-mail that has not been answered yet, and notes in `expected` what that must come to. */
export async function answerMails(
  simulator: SimulatorProcess,
  random: () => number,
  expected: Map<number, string | null>,
): Promise<void> {
  const mails = await simulator.control<{ id: string; subject: string }[]>('GET', inbox)
  for (const { id, subject } of mails) {
    // `[#request-action-token]`; what is asked back carries the same request.
    const request = Number(/\[#(\d+)-/.exec(subject)?.[1])
    if (!request || expected.has(request)) continue
    const { text, decides } = pick(random, said)
    const reply = await composeReply({
      original: await simulator.download(`${inbox}/${encodeURIComponent(id)}`),
      from: approver,
      text,
      style: pick(random, replyStyles),
      locale: 'fr',
      date: new Date(),
    })
    await simulator.control('POST', `/mailboxes/${approver.address}/submit`, reply)
    expected.set(request, decides)
  }
}
