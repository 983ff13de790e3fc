import { z } from 'zod'
import type { ProcessDefinition, Step } from '../../../approvals/model/process.ts'
import { readDefinition } from '../../../approvals/model/read-definition.ts'
import { tryReply } from '../../../inbound/try-reply.ts'
import { AppError } from '../../../lib/app-error.ts'
import { translator } from '../../../lib/translate.ts'
import { previewApproval } from '../../../outbound/preview-approval.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { chooseLocale } from '../../choose-locale.ts'
import { name } from '../../common-schemas.ts'
import { maskReplyTokensIn } from '../../mask-reply-tokens.ts'
import { problemResponse } from '../../problem-details.ts'
import { readingView, readingWords } from '../messages/message-view.ts'
import { wordsOf } from '../messages/words-of.ts'
import { definitionText } from './import-routes.ts'

const tags = ['processes']
/** More than anybody writes; the reader reads no more of a mail either. */
const MOST_WRITTEN = 64 * 1024

const asked = {
  definition: definitionText,
  step: name,
  locale: z.enum(['en', 'fr']).describe('Of the person asked'),
}

/** What a definition would do, imported or not: the mail that asks, and what is read in an answer. Nothing is kept. */
export function tryRoutes(server: ApiServer, { context }: ApiParts): void {
  server.post(
    '/api/processes/try-reply',
    {
      config: { right: { scope: 'requests:read', role: 'auditor' } },
      schema: {
        tags,
        operationId: 'tryReply',
        summary: 'What would be read in a reply to a step, and what would follow',
        description:
          'The text is read as the first reply of the person asked. Nothing is stored, sent or decided.',
        body: z.strictObject({ ...asked, text: z.string().max(MOST_WRITTEN) }),
        response: {
          200: z.object({
            reading: readingView,
            words: readingWords,
            follows: z.object({
              kind: z.enum([
                'decide',
                'rest',
                'ask-back',
                'help',
                'record-comment',
                'tell-status',
                'delegate',
                'nothing',
              ]),
              text: z.string(),
            }),
          }),
          default: problemResponse,
        },
      },
    },
    async ({ body, headers }) => {
      const words = chooseLocale(headers['accept-language'])
      const { reading, follows } = await tryReply(body.text, stepIn(body), { locale: body.locale, words })
      return { reading: { ...reading }, words: wordsOf(reading, translator(words)), follows }
    },
  )

  server.post(
    '/api/processes/preview-mail',
    {
      config: { right: { scope: 'requests:read', role: 'auditor' } },
      schema: {
        tags,
        operationId: 'previewMail',
        summary: 'The approval e-mail of a step, with sample data',
        description: 'Nothing is stored or sent, and the reply token in it is nobody’s.',
        body: z.strictObject(asked),
        response: {
          200: z.object({ subject: z.string(), html: z.string(), text: z.string() }),
          default: problemResponse,
        },
      },
    },
    async ({ body }) => {
      const { subject, html, text } = previewApproval(stepIn(body), {
        locale: body.locale,
        now: context.clock(),
        portalUrl: context.publicUrl,
      })
      return maskReplyTokensIn({ subject, html, text })
    },
  )
}

/** Throws `invalid-definition`, `step-not-found`. */
function stepIn(body: { definition: string; step: string }): { definition: ProcessDefinition; step: Step } {
  const { definition, problems } = readDefinition(body.definition)
  if (definition === null) throw new AppError('invalid-definition', {}, { problems })
  const step = definition.steps.find((candidate) => candidate.name === body.step)
  if (step === undefined) throw new AppError('step-not-found', { step: body.step })
  return { definition, step }
}
