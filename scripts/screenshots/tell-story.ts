import { setTimeout as sleep } from 'node:timers/promises'
import type { Simulator } from '@countersign/simulator'
import type { Action, Api, DemoRequest, OutboundMail } from '../demo/api.ts'
import { type PlayedAnswer, playApprover } from '../demo/play-approver.ts'
import { file } from '../demo/set-up.ts'

/** What the pages are about, by the ids that their addresses need. */
export interface Story {
  /** A request that its manager has decided by mail, and that Finance has to decide now. */
  request: number
  /** An action that waits for the approver, one of them with several questions, and one that they have decided. */
  open: string
  several: string
  decided: string
  /** Replies that came in: one that decided, one that was asked back. */
  reply: string
  unclear: string
  /** Where the webmail shows the e-mail of the open action. */
  mail: string
}

const STEP_MS = 180_000
const LOOK_MS = 200

const approver = { name: 'Élodie Gagnon', address: 'elodie.gagnon@contoso.example' }

const texts = {
  en: {
    laptops: { item: '12 laptops', purpose: 'The new team in Lyon starts on 18 January.' },
    yes: 'Yes\n\nDelivery before the 15th, please.',
    machine: { item: 'Coffee machine', purpose: 'The old one drips.' },
    unclear: 'Yes, but no more than 1,000.',
    fair: { item: 'Stand at the trade fair', purpose: 'As every year.' },
    no: 'No\n\nThe budget of this year is spent.',
    post: { position: 'Machine operator', department: 'Production' },
    mill: 'Five-axis milling machine',
    chairs: { item: '8 office chairs', purpose: 'For the meeting room on the second floor.' },
  },
  fr: {
    laptops: {
      item: '12 ordinateurs portables',
      purpose: 'La nouvelle équipe de Lyon commence le 18 janvier.',
    },
    yes: 'Oui\n\nLivraison avant le 15, merci.',
    machine: { item: 'Machine à café', purpose: 'L’ancienne fuit.' },
    unclear: 'Oui, mais pas plus de 1 000.',
    fair: { item: 'Stand au salon professionnel', purpose: 'Comme chaque année.' },
    no: 'Non\n\nLe budget de cette année est épuisé.',
    post: { position: 'Opérateur de production', department: 'Production' },
    mill: 'Fraiseuse à cinq axes',
    chairs: { item: '8 chaises de bureau', purpose: 'Pour la salle de réunion du deuxième étage.' },
  },
}

/** Lets a few days' work happen through the doors that people use: requests filed, mails answered from mail clients. */
export async function tellStory(
  api: Api,
  simulator: Pick<Simulator, 'http'>,
  locale: 'en' | 'fr',
): Promise<Story> {
  const says = texts[locale]
  const answer = (text: string, style: PlayedAnswer['style']) =>
    playApprover(simulator, approver, { text, style, locale })
  const requestOf = (id: number) => api<DemoRequest>('GET', `/api/requests/${id}`)
  const firstAction = async (id: number): Promise<Action> => {
    const [action] = (await requestOf(id)).actions
    if (!action) throw new Error(`request ${id} asks nobody`)
    return action
  }
  const sent = (id: number, kind: string) =>
    until(`${kind} of request ${id}`, async () => {
      const { items } = await api<{ items: OutboundMail[] }>('GET', `/api/messages/outbound?request=${id}`)
      return items.some((mail) => mail.kind === kind && mail.state === 'sent')
    })
  const decided = (id: number) =>
    until(`decision of request ${id}`, async () => (await firstAction(id)).decision !== null)
  const fileAndAsk = async (process: string, data: object) => {
    const id = await file(api, process, data)
    await sent(id, 'approval')
    return id
  }

  const laptops = await fileAndAsk('purchase', {
    ...says.laptops,
    amount: '18460.00',
    supplier: 'Litware Computing',
    deliveryDate: '2027-01-15',
  })
  await answer(says.yes, 'apple')
  await decided(laptops)
  const fair = await fileAndAsk('purchase', { ...says.fair, amount: '6900.00', supplier: 'Fabrikam Expo' })
  await answer(says.no, 'outlook')
  await decided(fair)
  const machine = await fileAndAsk('purchase', { ...says.machine, amount: '1290.00', supplier: 'Wingtip' })
  await answer(says.unclear, 'gmail')
  await sent(machine, 'asked-back')
  await fileAndAsk('hire', {
    ...says.post,
    contract: 'permanent',
    headcount: 2,
    yearlySalary: '34000.00',
    startDate: '2027-03-01',
    departmentHead: approver.address,
  })
  const mill = await fileAndAsk('investment', { object: says.mill, amount: '48000.00' })
  const chairs = await fileAndAsk('purchase', { ...says.chairs, amount: '2160.00', supplier: 'Adatum' })

  const first = await firstAction(laptops)
  const { items } = await api<{ items: { id: string }[] }>('GET', `/api/messages/inbound?request=${machine}`)
  return {
    request: laptops,
    open: (await firstAction(chairs)).id,
    several: (await firstAction(mill)).id,
    decided: first.id,
    reply: first.decision?.inboundMessageId ?? '',
    unclear: items[0]?.id ?? '',
    mail: await newestMail(simulator),
  }
}

/** Where the webmail shows the newest mail of the approver. */
async function newestMail({ http }: Pick<Simulator, 'http'>): Promise<string> {
  const inbox = await fetch(`${http}/_sim/mailboxes/${approver.address}/folders/Inbox/messages`)
  const newest = ((await inbox.json()) as { id: string }[]).at(-1)
  return `/webmail/${approver.address}/messages/${encodeURIComponent(newest?.id ?? '')}`
}

async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + STEP_MS
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`${what} did not come in time`)
    await sleep(LOOK_MS)
  }
}
