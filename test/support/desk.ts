/** What a person at a desk does with the product: files requests, opens the mails that come, answers them. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  composeFromMailto,
  composeReply,
  mailtoLinks,
  type ReplyStyleName,
} from '@countersign/simulator/webmail'
import PostalMime, { type Email } from 'postal-mime'
import { expect } from 'vitest'
import type { z } from 'zod'
import type { auditView } from '../../src/api/routes/audit/audit-routes.ts'
import type { inboundView, outboundSummary } from '../../src/api/routes/messages/message-view.ts'
import type { requestView } from '../../src/api/routes/requests/request-view.ts'
import { apiScopes } from '../../src/people/api-tokens.ts'
import { approvals, type Contoso, type ExchangeOnlineType, nadia, type Person } from './contoso.ts'
import { eventually } from './eventually.ts'
import { type HttpApi, httpApi } from './http-api.ts'

export type RequestView = z.output<typeof requestView>
export type InboundView = z.output<typeof inboundView>
export type OutboundView = z.output<typeof outboundSummary>

/** A mail in somebody's inbox. */
export interface Mail {
  raw: Uint8Array
  parsed: Email
  /** As people read it: every stretch of white space, French typography's too, is one space. */
  subject: string
  text: string
  /** Whose inbox it is in. */
  owner: Person
}

export interface ReplyOptions {
  /** Who writes it; the owner of the mail, when left out. */
  from?: Person
  style?: ReplyStyleName
  locale?: 'en' | 'fr'
}

export interface Desk {
  /** As the operator. */
  api: HttpApi
  contoso: Contoso
  signIn(person: Person): Promise<HttpApi>
  /** Nadia files a purchase: Élodie decides, then Finance (Thomas). Returns its number. */
  filePurchase(): Promise<number>
  /** Nadia asks for a new position: `head` decides, then Human Resources (Élodie and Anna). Returns its number. */
  fileHire(head: Person): Promise<number>
  request(number: number): Promise<RequestView>
  /** Waits for the n-th mail of this kind about a request in a person's inbox, and opens it. */
  mail(request: number, kind: string, to: Person, nth?: number): Promise<Mail>
  /** The mails that we made about a request, oldest first. */
  outbound(request: number): Promise<OutboundView[]>
  /** What a mail client makes of an answer typed above the quoted mail. */
  write(mail: Mail, text: string, options?: ReplyOptions): Promise<Uint8Array>
  /** Writes it and sends it. */
  reply(mail: Mail, text: string, options?: ReplyOptions): Promise<void>
  /** Presses a button of a mail, and sends what it opens. */
  tap(mail: Mail, label: string): Promise<void>
  /** Waits until so many messages were filed under a request, and gives them, oldest first, with all that was made of them. */
  inbound(request: number, count: number): Promise<InboundView[]>
  /** Waits until so many messages with this word in their subject are processed or dead. */
  inboundWith(subject: string, count: number): Promise<InboundView[]>
  /** The API's own verification of all audit chains. */
  audit(): Promise<z.output<typeof auditView>>
}

const examples = join(import.meta.dirname, '..', '..', 'examples')

/** Sets up a running product as an administrator does: the mailbox, the people, the two sample processes. */
export async function setUp(
  api: HttpApi,
  contoso: Contoso,
  { remoteApproval, type }: { remoteApproval?: object; type?: ExchangeOnlineType } = {},
): Promise<void> {
  await api.put('/api/mailboxes/approvals', contoso.mailboxForm(remoteApproval, type))
  await importSamples(api)
}

/** The people and the two sample processes, whose mails the mailbox `approvals` sends. */
export async function importSamples(api: HttpApi): Promise<void> {
  const people = await readFile(join(examples, 'people.yaml'), 'utf8')
  await api.post('/api/people/import', { people })
  for (const sample of ['purchase', 'hire']) {
    const definition = await readFile(join(examples, 'processes', `${sample}.yaml`), 'utf8')
    await api.post('/api/processes/import', { definition, mailbox: 'approvals' })
  }
}

export function deskOf(server: { url: string; token: string }, contoso: Contoso): Desk {
  const api = httpApi(server)

  async function file(process: string, data: object): Promise<number> {
    const { id } = await api.post<RequestView>('/api/requests', { process, requester: nadia.address, data })
    return id
  }

  async function outbound(request: number): Promise<OutboundView[]> {
    const page = await api.get<{ items: OutboundView[] }>(
      `/api/messages/outbound?request=${request}&limit=200`,
    )
    return page.items.reverse()
  }

  async function ended(query: string, count: number, isMeant = (_: InboundView) => true) {
    const { items } = await api.get<{ items: InboundView[] }>(`/api/messages/inbound?limit=200${query}`)
    const done = items.filter((item) => item.state !== 'received' && isMeant(item)).reverse()
    expect(done.length, `messages processed${query}`).toBe(count)
    return Promise.all(done.map(({ id }) => api.get<InboundView>(`/api/messages/${id}`)))
  }

  async function write(mail: Mail, text: string, { from, style, locale }: ReplyOptions = {}) {
    return composeReply({
      original: mail.raw,
      from: from ?? mail.owner,
      text,
      style: style ?? 'apple',
      locale: locale ?? 'fr',
      date: new Date(),
    })
  }

  return {
    api,
    contoso,
    async signIn({ address }) {
      const { token } = await api.post<{ token: string }>('/api/tokens', {
        name: 'test',
        scopes: apiScopes,
        person: address,
      })
      return httpApi({ url: server.url, token })
    },
    filePurchase: () =>
      file('purchase', {
        item: '12 ordinateurs portables',
        amount: '18460.00',
        supplier: 'Litware Computing',
      }),
    fileHire: (head) =>
      file('hire', {
        position: 'Comptable',
        department: 'Finance',
        contract: 'permanent',
        headcount: 1,
        startDate: '2027-03-01',
        departmentHead: head.address,
      }),
    request: (number) => api.get(`/api/requests/${number}`),
    mail: (request, kind, to, nth = 1) =>
      eventually(async () => {
        const made = await outbound(request)
        const ours = made.filter((mail) => mail.kind === kind && mail.to === to.address)[nth - 1]
        expect(ours, `mail ${kind} ${nth} to ${to.address}`).toMatchObject({ state: 'sent' })
        const inbox = await contoso.mails(to.address)
        // The API masks the reply token; the rest of our Message-ID is the mail's own id.
        const listed = inbox.find(({ internetMessageId }) => internetMessageId?.includes(`.${ours?.id}@`))
        if (!listed) throw new Error(`mail ${ours?.id} has not arrived`)
        const raw = await contoso.raw(to.address, listed.id)
        const parsed = await PostalMime.parse(raw)
        const plain = (text = '') => text.replace(/\s+/g, ' ')
        return { raw, parsed, subject: plain(parsed.subject), text: plain(parsed.text), owner: to }
      }),
    outbound,
    write,
    async reply(mail, text, options = {}) {
      await contoso.submit((options.from ?? mail.owner).address, await write(mail, text, options))
    },
    async tap({ raw, owner }, label) {
      const link = (await mailtoLinks(raw)).find((one) => one.label === label)
      if (!link) throw new Error(`the mail has no button ${label}`)
      const mail = await composeFromMailto({ mailto: link.href, from: owner, date: new Date() })
      await contoso.submit(owner.address, mail)
    },
    inbound: (request, count) => eventually(() => ended(`&request=${request}`, count)),
    inboundWith: (subject, count) =>
      eventually(() => ended('', count, (message) => message.subject.includes(subject))),
    audit: () => api.get('/api/audit/verify'),
  }
}

/** What stands in our mailbox, by the folder it is in. */
export async function ourMailbox(contoso: Contoso): Promise<{ inbox: number; processed: number }> {
  const inbox = await contoso.mails(approvals, 'Inbox')
  const processed = await contoso.mails(approvals, 'Inbox/Processed')
  return { inbox: inbox.length, processed: processed.length }
}
