import { findFolder } from '../ids.ts'
import { readMessageFilter, readMessageOrder } from '../message-filter.ts'
import { readMessageView, writeMessage } from '../message-view.ts'
import { readOptions, readOrderBy } from '../odata/query-options.ts'
import { cutPage } from '../page.ts'
import type { GraphAnswer, MailboxCall } from '../request.ts'

/** A page of a folder's messages, or of those of the whole mailbox: https://learn.microsoft.com/graph/api/user-list-messages */
export async function listMessages({ mailbox, request, prefer, names }: MailboxCall): Promise<GraphAnswer> {
  const options = readOptions(request.query, [
    '$select',
    '$expand',
    '$filter',
    '$orderby',
    '$top',
    '$skip',
    '$count',
  ])
  const view = readMessageView(options, prefer)
  const filter = options.$filter === undefined ? null : readMessageFilter(mailbox, options.$filter)
  const order = readMessageOrder(readOrderBy(options.$orderby), filter)
  const { items } = names.folder === undefined ? mailbox : findFolder(mailbox, names.folder)
  const found = [...items.values()].filter((item) => filter?.test(item) ?? true).sort(order)
  const page = cutPage(found, options, request)
  const value = []
  for (const item of page.entries) value.push(await writeMessage(mailbox, item, view))
  return {
    status: 200,
    items: value.length,
    body: {
      '@odata.context': `${request.origin}/v1.0/$metadata#users('${mailbox.address}')/messages`,
      ...(options.$count === 'true' ? { '@odata.count': found.length } : {}),
      value,
      '@odata.nextLink': page.nextLink,
    },
  }
}
