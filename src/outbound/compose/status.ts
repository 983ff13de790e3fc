import type { Translate } from '../../lib/translate.ts'
import { answerButtons, answerWords } from './answer-blocks.ts'
import { decisionText } from './decision-blocks.ts'
import { listNames } from './list-names.ts'
import { localTime } from './local-time.ts'
import type { Block, MailContent } from './mail-content.ts'
import type { StationFacts, StatusModel } from './mail-model.ts'
import { plainLine } from './plain-text.ts'

/** Of the actions, the last ones: a request may have gone in circles. */
const MAX_STATIONS = 20

/** Where the request stands: in a sentence, then action by action; with the buttons, when it waits for the reader. */
export function status(model: StatusModel, translate: Translate): MailContent {
  const stations = model.stations.slice(-MAX_STATIONS)
  const rows = stations.map((station) => ({
    label: plainLine(station.title, 100),
    value: stationText(model, station, translate),
  }))
  return {
    subjectPrefix: translate('mails:status.subject'),
    lead: translate('mails:status.lead'),
    blocks: [
      { kind: 'paragraph', text: standingText(model, translate) },
      { kind: 'table', rows },
      ...answer(model, translate),
    ],
  }
}

function answer(model: StatusModel, translate: Translate): Block[] {
  return 'token' in model ? [...answerButtons(model, translate), ...answerWords(model, translate)] : []
}

function standingText(model: StatusModel, translate: Translate): string {
  const { standing, action } = model
  if (standing.kind !== 'open') {
    const ending = plainLine(standing.ending ?? translate('mails:request-closed.cancelled'), 60)
    return translate('mails:status.closed', { ending, date: time(model, standing.at) })
  }
  if (!('token' in model)) return translate('mails:status.open')
  if (action.dueAt === null) return translate('mails:status.yours')
  return translate('mails:status.yours-due', { date: time(model, action.dueAt) })
}

function stationText(model: StatusModel, { state }: StationFacts, translate: Translate): string {
  switch (state.kind) {
    case 'waiting': {
      if (state.names.length === 0) return translate('mails:status.waits-for-nobody')
      const values = { names: listNames(state.names, model.recipient.locale), date: time(model, state.since) }
      return state.dueAt === null
        ? translate('mails:status.waits', values)
        : translate('mails:status.waits-due', { ...values, due: time(model, state.dueAt) })
    }
    case 'decided': {
      const { locale } = model.recipient
      const reader = { locale, timeZone: model.timeZone, own: false }
      const decided = decisionText(state.decision, reader, translate)
      const said = plainLine(state.decision.comment, 300)
      return said === '' ? decided : translate('mails:status.with-comment', { decided, comment: said })
    }
    case 'withdrawn':
      return translate('mails:status.withdrawn', { date: time(model, state.at) })
  }
}

function time({ recipient, timeZone }: StatusModel, moment: Date): string {
  return localTime(moment, recipient.locale, timeZone)
}
