import type { Need } from './open-mailbox.ts'
import { createChildFolder } from './operations/create-child-folder.ts'
import { createMessage } from './operations/create-message.ts'
import { createReply } from './operations/create-reply.ts'
import { deleteMessage, permanentDelete } from './operations/delete-message.ts'
import { getMessage, getMessageValue } from './operations/get-message.ts'
import { listMessages } from './operations/list-messages.ts'
import { getMailFolder, listChildFolders } from './operations/mail-folders.ts'
import { messageDelta } from './operations/message-delta.ts'
import { performBatch } from './operations/perform-batch.ts'
import { sendDraft } from './operations/send-draft.ts'
import { sendMail } from './operations/send-mail.ts'
import {
  createSubscription,
  deleteSubscription,
  getSubscription,
  listSubscriptions,
  reauthorizeSubscription,
  updateSubscription,
} from './operations/subscriptions.ts'
import { copyMessage, moveMessage } from './operations/transfer-message.ts'
import { translateExchangeIds } from './operations/translate-exchange-ids.ts'
import { updateMessage } from './operations/update-message.ts'
import { pathSegments } from './path-segments.ts'
import type { Call, GraphAnswer, GraphRequest, MailboxCall } from './request.ts'

type Answer = GraphAnswer | Promise<GraphAnswer>

/** An operation with its place. `need` says what it does with the mailbox of the path's user. */
export type Route = { operation: string; method: string; path: string[] } & (
  | { need: Need; run(call: MailboxCall): Answer }
  | { run(call: Call): Answer }
)

/** What requests are counted by that no route fits. */
export const UNKNOWN = 'UnknownGraph'
export const BATCH = 'Batch'

function inMailbox(
  operation: string,
  need: Need,
  method: string,
  path: string,
  run: (call: MailboxCall) => Answer,
): Route {
  return { operation, need, method, path: `users/{user}/${path}`.split('/'), run }
}

function overall(operation: string, method: string, path: string, run: (call: Call) => Answer): Route {
  return { operation, method, path: path.split('/'), run }
}

/** The operations on messages, which stand in a mailbox or in a folder of it. */
const messageRoutes = ['', 'mailFolders/{folder}/'].flatMap((place) => [
  inMailbox('ListMessages', 'read', 'GET', `${place}messages`, listMessages),
  inMailbox('CreateMessage', 'write', 'POST', `${place}messages`, createMessage),
  inMailbox('GetMessage', 'read', 'GET', `${place}messages/{message}`, getMessage),
  inMailbox('GetMessageValue', 'read', 'GET', `${place}messages/{message}/$value`, getMessageValue),
  inMailbox('UpdateMessage', 'write', 'PATCH', `${place}messages/{message}`, updateMessage),
  inMailbox('DeleteMessage', 'write', 'DELETE', `${place}messages/{message}`, deleteMessage),
  inMailbox(
    'PermanentDeleteMessage',
    'write',
    'POST',
    `${place}messages/{message}/permanentDelete`,
    permanentDelete,
  ),
  inMailbox('MoveMessage', 'write', 'POST', `${place}messages/{message}/move`, moveMessage),
  inMailbox('CopyMessage', 'write', 'POST', `${place}messages/{message}/copy`, copyMessage),
  inMailbox('CreateReply', 'write', 'POST', `${place}messages/{message}/createReply`, createReply),
  inMailbox('SendMessage', 'send', 'POST', `${place}messages/{message}/send`, sendDraft),
])

/** The first one that fits counts: `delta` is no message. */
const routes: Route[] = [
  overall(BATCH, 'POST', '$batch', performBatch),
  inMailbox('MessageDelta', 'read', 'GET', 'mailFolders/{folder}/messages/delta', messageDelta),
  ...messageRoutes,
  inMailbox('SendMail', 'send', 'POST', 'sendMail', sendMail),
  inMailbox('ListMailFolders', 'read', 'GET', 'mailFolders', listChildFolders),
  inMailbox('CreateMailFolder', 'write', 'POST', 'mailFolders', createChildFolder),
  inMailbox('GetMailFolder', 'read', 'GET', 'mailFolders/{folder}', getMailFolder),
  inMailbox('ListChildFolders', 'read', 'GET', 'mailFolders/{folder}/childFolders', listChildFolders),
  inMailbox('CreateChildFolder', 'write', 'POST', 'mailFolders/{folder}/childFolders', createChildFolder),
  inMailbox('TranslateExchangeIds', 'read', 'POST', 'translateExchangeIds', translateExchangeIds),
  overall('CreateSubscription', 'POST', 'subscriptions', createSubscription),
  overall('ListSubscriptions', 'GET', 'subscriptions', listSubscriptions),
  overall('GetSubscription', 'GET', 'subscriptions/{subscription}', getSubscription),
  overall('UpdateSubscription', 'PATCH', 'subscriptions/{subscription}', updateSubscription),
  overall('DeleteSubscription', 'DELETE', 'subscriptions/{subscription}', deleteSubscription),
  overall(
    'ReauthorizeSubscription',
    'POST',
    'subscriptions/{subscription}/reauthorize',
    reauthorizeSubscription,
  ),
]

/** The names that calls are counted by and faults are laid for. */
export const graphOperationNames = [...new Set(routes.map(({ operation }) => operation))]

/** The route of a request, and what stands in its path at the route's names. */
export function findRoute({ method, path }: Pick<GraphRequest, 'method' | 'path'>) {
  const segments = pathSegments(path)
  for (const route of routes) {
    const names = route.method === method ? matchPath(route.path, segments) : null
    if (names) return { route, names }
  }
  return null
}

/** Graph compares the words of a path without case. */
function matchPath(path: string[], segments: string[]): Record<string, string> | null {
  if (path.length !== segments.length) return null
  const names: Record<string, string> = {}
  for (const [index, part] of path.entries()) {
    const segment = segments[index] ?? ''
    if (part.startsWith('{')) names[part.slice(1, -1)] = segment
    else if (part.toLowerCase() !== segment.toLowerCase()) return null
  }
  return names
}
