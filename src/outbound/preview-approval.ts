import { localText } from '../approvals/model/local-text.ts'
import type { ProcessDefinition, Step } from '../approvals/model/process.ts'
import { sampleData } from '../approvals/model/sample-data.ts'
import { dueAt } from '../approvals/model/state-machine.ts'
import { type Locale, type Translate, translator } from '../lib/translate.ts'
import { type ComposedMail, composeMail } from './compose/compose-mail.ts'
import type { AttachmentFacts } from './compose/mail-model.ts'
import { actionFacts, factsOfRequest } from './load-mail-facts.ts'

/** Nobody’s: no action has it. */
const TOKEN = 'preview234567aaa'
const ADDRESS = 'approvals@example.com'

/**
 * The approval e-mail of a step as it would go out now, with sample data in the form. `definition` need not be imported,
 * and nothing is stored or sent. Pure.
 */
export function previewApproval(
  { definition, step }: { definition: ProcessDefinition; step: Step },
  { locale, now, portalUrl }: { locale: Locale; now: Date; portalUrl: string | null },
): ComposedMail {
  const text = translator(locale)
  const data = sampleData(definition, {
    text: ({ label }) => text('mails:sample.text', { label: localText(label, locale) }),
    year: now.getUTCFullYear() + 1,
  })
  const action = { number: 1, openedAt: now, dueAt: dueAt(step, now) }
  return composeMail({
    kind: 'approval',
    recipient: { name: text('mails:sample.requester'), address: ADDRESS, locale },
    mailbox: {
      address: ADDRESS,
      displayName: '',
      replyTo: ADDRESS,
      plusAddressing: false,
      redirectAllTo: null,
    },
    request: factsOfRequest(
      { id: 1, data, createdAt: now },
      text('mails:sample.requester'),
      definition,
      locale,
    ),
    action: actionFacts({ action, definition, step }, locale),
    token: TOKEN,
    handedOn: null,
    attachments: sampleFiles(definition, text),
    portalUrl,
    instance: 'preview',
    timeZone: 'UTC',
  })
}

/** As the form is filled in whole, so is there a file where there may be one. */
function sampleFiles({ attachments }: ProcessDefinition, text: Translate): AttachmentFacts {
  const files = attachments === 'none' ? [] : [{ name: text('mails:sample.file'), size: 186_368 }]
  return { files, enclosed: true }
}
