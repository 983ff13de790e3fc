import type { SyncChange } from '../../mail/change-log.ts'
import type { Folder, Item } from '../../mail/folder.ts'
import type { Mailbox } from '../../mail/mailbox.ts'
import { linkTo, readRound } from '../delta-round.ts'
import { GraphError, graphErrors } from '../graph-error.ts'
import { findFolder, itemIdOf } from '../ids.ts'
import { readDeltaFilter } from '../message-filter.ts'
import { etagOf, type MessageView, readMessageView, writeMessage } from '../message-view.ts'
import type { Test } from '../odata/parse-filter.ts'
import { readNumber } from '../odata/query-options.ts'
import type { GraphAnswer, MailboxCall } from '../request.ts'

const USUAL_PAGE = 10
const LARGEST_PAGE = 1000
/** With a filter, as many of the newest messages are followed at most. */
const MOST_FILTERED = 5000

type Change = SyncChange<Item>

/** What happened in a folder since the last round: https://learn.microsoft.com/graph/api/message-delta */
export async function messageDelta(call: MailboxCall): Promise<GraphAnswer> {
  const { mailbox, names, prefer, request, access } = call
  const folder = findFolder(mailbox, names.folder ?? '')
  const round = readRound(request, mailbox, folder)
  const view = readMessageView(round.options, prefer)
  const top = readNumber('$top', round.options.$top, { otherwise: USUAL_PAGE, least: 1, most: LARGEST_PAGE })
  const page = folder.log.since(
    round.position,
    mailbox.sequence,
    Math.min(prefer.pageSize ?? top, LARGEST_PAGE),
  )
  const isWanted = readChangeType(round.options.changeType)
  const isFollowed = readFollowed(folder, round.options.$filter)
  const changes = page.changes.filter((change) => isWanted(change) && isFollowed(change.item))
  const repeated = access.tenant.graph.deltaRepeats ? folder.items.get(round.lastId ?? '') : undefined
  if (repeated) changes.unshift({ kind: 'Update', item: repeated })

  const value = []
  for (const change of changes) value.push(await writeChange(mailbox, change, view))
  const lastId = changes.at(-1)?.item.id ?? null
  const next = { options: round.options, position: page.position, lastId: page.complete ? null : lastId }
  const link = (name: '$skiptoken' | '$deltatoken') => linkTo(request, name, mailbox, folder, next)
  return {
    status: 200,
    items: value.length,
    body: {
      '@odata.context': `${request.origin}/v1.0/$metadata#Collection(message)`,
      ...(page.complete
        ? { '@odata.deltaLink': link('$deltatoken') }
        : { '@odata.nextLink': link('$skiptoken') }),
      value,
    },
  }
}

/** Graph promises of a changed message no more than what has changed; of the read flag it often gives that alone. */
async function writeChange(mailbox: Mailbox, change: Change, view: MessageView): Promise<object> {
  const { kind, item } = change
  const type = { '@odata.type': '#microsoft.graph.message' }
  const id = itemIdOf(item, view.immutableIds)
  if (kind === 'Delete') return { ...type, id, '@removed': { reason: 'deleted' } }
  if (kind === 'ReadFlagChange') return { ...type, '@odata.etag': etagOf(item), id, isRead: item.isRead }
  return { ...type, ...(await writeMessage(mailbox, item, view)) }
}

const changeTypes: Record<string, Change['kind'][]> = {
  created: ['Create'],
  updated: ['Update', 'ReadFlagChange'],
  deleted: ['Delete'],
}

function readChangeType(text: string | undefined): (change: Change) => boolean {
  if (text === undefined) return () => true
  const kinds = Object.hasOwn(changeTypes, text) ? changeTypes[text] : undefined
  if (!kinds)
    throw graphErrors.badRequest(`'${text}' is no changeType; it is one of created, updated, deleted.`)
  return ({ kind }) => kinds.includes(kind)
}

/** @throws GraphError 400 ErrorInvalidUrlQuery for a filter by anything but receivedDateTime */
function readFollowed(folder: Folder, text: string | undefined): Test<Item> {
  if (text === undefined) return () => true
  if (!/^\s*receivedDateTime\s+g[et]\s+\S+\s*$/.test(text)) {
    throw new GraphError(
      400,
      'ErrorInvalidUrlQuery',
      "The following parameters are not supported with change tracking over the 'Messages' resource: '$filter'.",
    )
  }
  const { test } = readDeltaFilter(text)
  const found = [...folder.items.values()].filter(test)
  if (found.length <= MOST_FILTERED) return test
  const oldest = found.sort((a, b) => b.receivedAt - a.receivedAt)[MOST_FILTERED - 1]?.receivedAt ?? 0
  return (item) => item.receivedAt >= oldest && test(item)
}
