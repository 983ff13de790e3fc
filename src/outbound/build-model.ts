import type { Selectable } from 'kysely'
import { loadAction, loadRequest } from '../approvals/load-action.ts'
import { filesOf } from '../approvals/load-files.ts'
import { localText } from '../approvals/model/local-text.ts'
import type { ProcessDefinition } from '../approvals/model/process.ts'
import type { Locale } from '../lib/translate.ts'
import type { Context } from '../store/context.ts'
import type { OutboundMessageTable } from '../store/schema.ts'
import { settingsOf } from '../store/settings-of.ts'
import type { MailModel } from './compose/mail-model.ts'
import { attachmentFacts } from './enclosures.ts'
import { handedOnFacts, helpFacts } from './load-delegation-facts.ts'
import {
  actionFacts,
  answeredMessage,
  choiceLabel,
  decisionFacts,
  decisionsOfRequest,
  mustFindPerson,
  replyTokenOf,
  requestFacts,
} from './load-mail-facts.ts'
import { assigneeNames, loadStations } from './load-stations.ts'
import { portalUrl } from './portal-url.ts'
import { restFacts } from './rest-facts.ts'

type OutboundRow = Selectable<OutboundMessageTable>

const unseen = { answers: { messageId: null, references: [] }, read: '', doubts: [], problems: {} }
type Parts = Pick<Context, 'db' | 'keys' | 'clock' | 'publicUrl'>

/** What a waiting mail has to say now, from the state of this moment. */
export async function buildModel(parts: Parts, row: OutboundRow): Promise<MailModel> {
  const { db } = parts
  if (row.personId === null || row.requestId === null) throw new Error(`mail ${row.id} is about nothing`)
  const person = await mustFindPerson(db, row.personId)
  const { locale } = person
  const { request, definition } = await loadRequest(db, row.requestId)
  const loaded = row.actionId === null ? null : await loadAction(db, row.actionId)
  const settings = await settingsOf(db, row.mailboxId)
  const frame = {
    recipient: { name: person.name, address: row.toAddress, locale },
    mailbox: {
      address: settings.user,
      displayName: settings.displayName,
      replyTo: settings.defaultReplyTo,
      plusAddressing: settings.plusAddressing,
      redirectAllTo: settings.redirectAllTo,
    },
    request: await requestFacts(db, request, definition, locale),
    portalUrl: portalUrl(parts.publicUrl, person.id, { request, loaded }),
    instance: settings.instance,
    timeZone: person.timeZone ?? settings.timeZone,
  }
  if (row.kind === 'request-closed') {
    return {
      ...frame,
      kind: row.kind,
      ending: endingText(definition, request.ending, locale),
      closedAt: request.closedAt ?? row.createdAt,
      decisions: await decisionsOfRequest(db, request.id, locale),
    }
  }

  if (loaded === null) throw new Error(`mail ${row.id} needs an action`)
  const action = actionFacts(loaded, locale)
  const { payload } = row
  const toAssignee = async () => ({
    ...frame,
    action,
    token: await replyTokenOf(parts, {
      actionId: loaded.action.id,
      personId: person.id,
      instance: settings.instance,
    }),
  })
  const label = (result: string | null | undefined) => (result ? choiceLabel(loaded, result, locale) : null)

  switch (row.kind) {
    case 'approval':
      return {
        ...(await toAssignee()),
        kind: row.kind,
        handedOn: await handedOnFacts(db, payload.handedOn),
        attachments: attachmentFacts(await filesOf(db, request.id)),
      }
    case 'asked-back': {
      // Of a reply that was too large to be fetched nothing is there to be answered.
      const { answers, read, doubts, problems } =
        row.inReplyTo === null ? unseen : await answeredMessage(db, row.inReplyTo)
      const { reason } = payload
      if (reason === undefined) throw new Error(`mail ${row.id} asks back without a reason`)
      return {
        ...(await toAssignee()),
        kind: row.kind,
        answers,
        reason,
        read,
        understood: label(payload.understood),
        doubts,
        help: reason === 'help' ? await helpFacts(db, loaded, payload.refused) : null,
        rest: payload.kept ? restFacts(loaded, payload.kept, problems, locale) : null,
      }
    }
    case 'confirm-held': {
      const { fromAddress, receivedAt } = await answeredMessage(db, row.inReplyTo)
      return {
        ...(await toAssignee()),
        kind: row.kind,
        understood: label(payload.understood),
        fromAddress,
        receivedAt,
      }
    }
    case 'comment-recorded': {
      const { answers, comment } = await answeredMessage(db, row.inReplyTo)
      return { ...(await toAssignee()), kind: row.kind, answers, comment }
    }
    case 'late': {
      const decision = await decisionFacts(db, loaded, locale)
      const { answers } = await answeredMessage(db, row.inReplyTo)
      const askedNow = loaded.action.status === 'open' ? await assigneeNames(db, loaded) : []
      const own = decision?.personId === person.id
      return { ...frame, kind: row.kind, action, answers, decision, askedNow, own }
    }
    case 'confirmation': {
      const decision = await decisionFacts(db, loaded, locale)
      if (!decision) throw new Error(`mail ${row.id} confirms a decision that does not exist`)
      const answers = row.inReplyTo === null ? null : (await answeredMessage(db, row.inReplyTo)).answers
      const { entered } = payload
      return {
        ...{ ...frame, kind: row.kind, action, answers, decision },
        entered: entered
          ? {
              by: await mustFindPerson(db, entered.by),
              reason: entered.reason,
              own: decision.personId === person.id,
            }
          : null,
      }
    }
    case 'action-withdrawn': {
      const [next] = loaded.action.status === 'open' ? loaded.assignees : []
      return {
        ...frame,
        kind: row.kind,
        action,
        reassignedTo: next ? (await mustFindPerson(db, next.personId)).name : null,
        comment: payload.withdrawn?.comment ?? '',
      }
    }
    case 'delegated': {
      const { answers, comment } = await answeredMessage(db, row.inReplyTo)
      if (!payload.delegated) throw new Error(`mail ${row.id} hands on to nobody`)
      const { to, until } = payload.delegated
      const { name } = await mustFindPerson(db, to)
      return { ...frame, kind: row.kind, action, answers, toName: name, comment, until }
    }
    case 'status': {
      const { answers } = await answeredMessage(db, row.inReplyTo)
      const isAsked =
        loaded.action.status === 'open' && loaded.assignees.some(({ personId }) => personId === person.id)
      const standing =
        request.closedAt === null
          ? ({ kind: 'open' } as const)
          : {
              kind: 'closed' as const,
              ending: endingText(definition, request.ending, locale),
              at: request.closedAt,
            }
      const stations = await loadStations(db, request.id, locale)
      const facts = { kind: row.kind, answers, standing, stations }
      return isAsked ? { ...(await toAssignee()), ...facts } : { ...frame, action, ...facts }
    }
    case 'undelivered':
    case 'approver-away': {
      if (!payload.assigneeId) throw new Error(`mail ${row.id} is about nobody`)
      const assignee = await mustFindPerson(db, payload.assigneeId)
      const approver = { name: assignee.name, address: payload.address ?? assignee.address }
      return row.kind === 'undelivered'
        ? { ...frame, kind: row.kind, action, approver, status: payload.status ?? null }
        : {
            ...{ ...frame, kind: row.kind, action, approver },
            returnsOn: payload.returnsOn ?? null,
            standIn: payload.standIn ?? null,
          }
    }
  }
}

/** How the process calls an ending; its name, when the definition does not know it, and null for none. */
function endingText({ endings }: ProcessDefinition, name: string | null, locale: Locale): string | null {
  const ending = name === null ? undefined : endings[name]
  return ending ? localText(ending, locale) : name
}
