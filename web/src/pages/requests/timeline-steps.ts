import { useTranslation } from 'react-i18next'
import { useLocalText } from '../../parts/local-text.ts'
import type { Request, TimelineEntry } from './requests.ts'

export interface TimelineStep {
  sequence: number
  at: string
  icon: 'made' | 'asked' | 'decided' | 'handed' | 'said' | 'ended' | 'cancelled' | 'noted'
  text: string
  door: 'mail' | 'portal' | 'api' | null
  comment: string
  /** Why an administrator made a reply count; empty of all else. */
  reason: string
}

/** The audit entries of a request in words. An entry of a kind that these pages do not know is told as such. */
export function useTimelineSteps(request: Request): TimelineStep[] {
  const { t, i18n } = useTranslation('requests')
  const text = useLocalText()
  const everybody = [
    request.requester,
    ...request.actions.flatMap(({ assignees, decision }) => [
      ...assignees,
      ...(decision ? [decision.by] : []),
    ]),
    ...request.timeline.flatMap(({ by, named }) => (by ? [by, ...named] : named)),
  ]
  const nameOf = (address: string) => everybody.find((person) => person.address === address)?.name ?? address

  function describe({ kind, by, facts }: TimelineEntry): Pick<TimelineStep, 'icon' | 'text'> {
    const name = by?.name ?? t('system')
    const action = request.actions.find(({ id }) => id === facts?.actionId)
    const step = action ? text(action.title) : ''
    switch (kind) {
      case 'request-created':
        return by === null || by.id === request.requester.id
          ? { icon: 'made', text: t('step.made', { name: request.requester.name }) }
          : { icon: 'made', text: t('step.made-for', { name, requester: request.requester.name }) }
      case 'action-opened': {
        const names = textsIn(facts?.assignees).map(nameOf)
        const list = new Intl.ListFormat(i18n.language).format(names)
        return { icon: 'asked', text: t('step.asked', { names: list, step }) }
      }
      case 'assignment-failed':
        return { icon: 'noted', text: t('step.nobody', { step }) }
      case 'action-decided': {
        const said = action?.decision?.said.find(({ id }) => id === action.question.id)
        const answer = said ? text(said.text) : textIn(facts?.result)
        const { releasedBy = null, enteredBy = null, by: whose } = action?.decision ?? {}
        if (releasedBy !== null && whose) {
          return { icon: 'decided', text: t('step.released', { name, assignee: whose.name, answer }) }
        }
        if (enteredBy !== null && whose) {
          return { icon: 'decided', text: t('step.entered', { name, assignee: whose.name, answer }) }
        }
        return { icon: 'decided', text: t('step.decided', { name, answer }) }
      }
      case 'action-delegated':
        return { icon: 'handed', text: t('step.handed-on', { name, to: nameOf(textIn(facts?.to)) }) }
      case 'action-stood-in':
        return {
          icon: 'handed',
          text: t('step.stood-in', { away: nameOf(textIn(facts?.away)), to: nameOf(textIn(facts?.to)) }),
        }
      case 'action-reassigned':
        return { icon: 'handed', text: t('step.reassigned', { name, to: nameOf(textIn(facts?.to)) }) }
      case 'action-commented':
        return { icon: 'said', text: t('step.commented', { name }) }
      case 'answer-kept':
        return { icon: 'said', text: t('step.kept', { name }) }
      case 'reply-rejected':
        return { icon: 'noted', text: t('step.held-rejected', { name }) }
      case 'reply-held':
        return { icon: 'noted', text: t('step.held') }
      case 'reply-too-large':
        return { icon: 'noted', text: t('step.too-large') }
      case 'automatic-reply':
        return { icon: 'noted', text: t('step.automatic', { name }) }
      case 'mail-delayed':
        return { icon: 'noted', text: t('step.delayed') }
      case 'mail-undelivered':
        return { icon: 'noted', text: t('step.undelivered') }
      case 'mail-run-again':
        return { icon: 'noted', text: t('step.run-again') }
      case 'mailbox-migrated':
        return { icon: 'noted', text: t('step.migrated') }
      case 'evidence-exported':
        return { icon: 'noted', text: by ? t('step.exported', { name }) : t('step.exported-operator') }
      case 'request-completed':
        return {
          icon: 'ended',
          text: t('step.completed', { ending: request.endingTitle ? text(request.endingTitle) : '' }),
        }
      case 'request-cancelled':
        return { icon: 'cancelled', text: t('step.cancelled', { name }) }
      default:
        return { icon: 'noted', text: t('step.other', { kind }) }
    }
  }

  return request.timeline.map((entry) => ({
    ...{ sequence: entry.sequence, at: entry.at },
    ...describe(entry),
    door: doorOf(entry),
    comment: textIn(entry.facts?.comment),
    reason: reasonIn(entry.facts?.released) || reasonIn(entry.facts?.entered),
  }))
}

/** By which door it came; of what comes by mail alone, that. */
function doorOf({ kind, facts }: TimelineEntry): TimelineStep['door'] {
  const door = facts?.door
  if (door === 'mail' || door === 'portal' || door === 'api') return door
  return kind === 'action-commented' || facts?.inboundMessageId ? 'mail' : null
}

/** Facts may be erased, and are not typed. */
function textIn(fact: unknown): string {
  return typeof fact === 'string' ? fact : ''
}

function reasonIn(vouched: unknown): string {
  const isThere = typeof vouched === 'object' && vouched !== null && 'reason' in vouched
  return isThere ? textIn(vouched.reason) : ''
}

function textsIn(fact: unknown): string[] {
  return Array.isArray(fact) ? fact.map(textIn) : []
}
