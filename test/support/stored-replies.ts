import { processInbound } from '../../src/inbound/process.ts'
import { storeMessages } from '../../src/inbound/store-messages.ts'
import { newId } from '../../src/lib/new-id.ts'
import { buildMessageId } from '../../src/lib/reply-token.ts'
import type { Context } from '../../src/store/context.ts'
import { purchasesOn } from './purchases.ts'
import { people } from './sample-api.ts'

/** Replies to purchases of the sample company, which are stored and processed without any mailbox. */
export interface StoredReplies {
  /** Files a purchase; returns its number and the reference by which a reply of the manager is known. */
  ask(): Promise<{ requestId: number; reference: string }>
  /** The manager's reply with this text, as Exchange marks mail from inside; returns its id. */
  reply(reference: string, text: string, headers?: string[]): Promise<string>
  /** Stores messages as they stand and processes them; returns their ids, in order. */
  store(raws: Uint8Array[]): Promise<string[]>
}

export function storedReplies(context: Context): StoredReplies {
  async function ask() {
    const requestId = await purchasesOn(context).file()
    const { nonce, instance } = await context.db
      .selectFrom('replyToken')
      .innerJoin('action', 'action.id', 'replyToken.actionId')
      .select(['nonce', 'instance'])
      .where('requestId', '=', requestId)
      .executeTakeFirstOrThrow()
    const token = context.keys.replyToken(nonce)
    const reference = buildMessageId({ token, instance, unique: newId(), domain: 'contoso.example' })
    return { requestId, reference }
  }

  async function store(raws: Uint8Array[]) {
    const { id: mailboxId } = await context.db.selectFrom('mailbox').select('id').executeTakeFirstOrThrow()
    const messages = raws.map((raw) => ({
      providerId: newId(),
      folder: 'inbox' as const,
      receivedAt: context.clock(),
      raw: Buffer.from(raw),
      originalOctets: false,
      transportHeaders: null,
      itemClass: 'IPM.Note',
    }))
    await storeMessages(context, { mailboxId, messages, failed: [], cursor: null })
    const rows = await context.db
      .selectFrom('inboundMessage')
      .select(['id', 'providerId'])
      .where(
        'providerId',
        'in',
        messages.map(({ providerId }) => providerId),
      )
      .execute()
    const idOf = new Map(rows.map(({ id, providerId }) => [providerId, id]))
    const ids = messages.map(({ providerId }) => idOf.get(providerId) ?? '')
    await processInbound(context, ids)
    return ids
  }

  return {
    ask,
    store,
    async reply(reference, text, headers = []) {
      const lines = [
        'X-MS-Exchange-Organization-AuthAs: Internal',
        `From: Elodie Gagnon <${people.manager}>`,
        'To: approvals@contoso.example',
        `Message-ID: <${newId()}@contoso.example>`,
        `In-Reply-To: ${reference}`,
        'Subject: RE: Purchase',
        'Content-Type: text/plain; charset=utf-8',
        'Content-Transfer-Encoding: 8bit',
        ...headers,
        '',
        text,
      ]
      const [id = ''] = await store([Buffer.from(lines.join('\r\n'))])
      return id
    },
  }
}
