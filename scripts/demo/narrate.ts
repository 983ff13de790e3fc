import type { Action, Api, DemoRequest, OutboundMail } from './api.ts'
import { locale, texts } from './texts.ts'

/** Tells what is new about a request, once each. */
export interface Narrator {
  /** Looks again, tells what is new, and returns the request as it is now. */
  look(): Promise<DemoRequest>
}

export function narrator(api: Api, requestId: number, webmailOf: (address: string) => string): Narrator {
  const told = new Set<string>()
  const once = (key: string, say: () => string) => {
    if (told.has(key)) return
    told.add(key)
    console.log(`  ${new Date().toTimeString().slice(0, 8)}  #${requestId}  ${say()}`)
  }

  function tellTimeline(request: DemoRequest): void {
    for (const entry of request.timeline) {
      const plain = texts.events[entry.kind]
      if (plain === undefined || entry.kind === 'action-opened' || entry.kind === 'action-decided') continue
      once(`entry ${entry.sequence}`, () => plain)
    }
  }

  function tellActions({ actions }: DemoRequest): void {
    for (const action of actions) {
      const { decision } = action
      if (decision) {
        once(`decided ${action.id}`, () =>
          texts.decided(decision.by.name, labelOf(action, decision.result), decision.comment),
        )
      }
      if (action.number > 1 && action.status === 'open') {
        once(`asked ${action.id}`, () => texts.asked(action.assignees.map(({ name }) => name).join(', ')))
        const [next] = action.assignees
        if (next) once(`webmail ${action.id}`, () => texts.moved(webmailOf(next.address)))
      }
    }
  }

  function tellMails(mails: OutboundMail[]): void {
    for (const mail of mails.filter(({ state }) => state === 'sent').reverse()) {
      if (mail.kind === 'approval') once(`mail ${mail.id}`, () => texts.sent(mail.to))
      if (mail.kind === 'asked-back') once(`mail ${mail.id}`, () => texts.askedBack(mail.to))
    }
  }

  return {
    async look() {
      const request = await api<DemoRequest>('GET', `/api/requests/${requestId}`)
      const mails = await api<{ items: OutboundMail[] }>('GET', `/api/messages/outbound?request=${requestId}`)
      tellMails(mails.items)
      tellActions(request)
      tellTimeline(request)
      return request
    },
  }
}

function labelOf(action: Action, result: string): string {
  const choice = action.question.choices.find((candidate) => candidate.result === result)
  return choice?.label[locale] ?? choice?.label.en ?? result
}
