import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type TriedAgainst, tryMessage } from '../../../inbound/try-message.ts'
import { AppError } from '../../../lib/app-error.ts'
import { translator } from '../../../lib/translate.ts'
import { readOnly } from '../../../store/read-only.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { chooseLocale } from '../../choose-locale.ts'
import { localText, name, personRef, requestId } from '../../common-schemas.ts'
import { maskReplyTokens, maskReplyTokensIn } from '../../mask-reply-tokens.ts'
import { problemResponse } from '../../problem-details.ts'
import { adviceOn } from './load-inbound-view.ts'
import { readingView, readingWords } from './message-view.ts'
import { wordsOf } from './words-of.ts'

const MESSAGE = 'message/rfc822'
/** As much as a mailbox takes; what is larger is not fetched from one either. */
const MOST_OCTETS = 30 * 1024 * 1024
/** Read at a time: each of them is held in memory a few times over. */
const MOST_AT_ONCE = 2

const tried = z
  .object({
    from: z.array(z.string()),
    subject: z.string(),
    attachments: z.array(z.string().nullable()),
    size: z.int().describe('Octets'),
    sha256: z.string(),
    against: z.object({
      process: localText,
      step: localText,
      request: requestId.nullable(),
      action: z.int().nullable().describe('Its number within the request'),
      person: personRef.nullable().describe('Whose answer it was read as'),
    }),
    reading: readingView,
    words: readingWords,
    advice: z.string().nullable(),
    follows: z.string().describe('What would follow if it came from the person asked'),
  })
  .meta({ id: 'TriedMessage' })

/** A test message: read as if it had come in, with nothing that could act on it. */
export function tryMessageRoute(server: ApiServer, { context }: ApiParts): void {
  let reading = 0
  server.register(async (plain) => {
    const scope: ApiServer = plain.withTypeProvider()
    scope.addContentTypeParser(MESSAGE, { parseAs: 'buffer' }, (_, body, done) => done(null, body))
    scope.post(
      '/api/messages/try',
      {
        bodyLimit: MOST_OCTETS,
        config: { right: { scope: 'messages:read', role: 'auditor' } },
        schema: {
          tags: ['messages'],
          operationId: 'tryMessage',
          summary: 'Read a test message as an answer to a request or a step',
          description:
            'The body is the message (RFC 5322), up to 30 MB. It is read as those of a mailbox are, against the newest action ' +
            'of `request`, or against `step` of the active version of `process`. Whom it is from is not judged, because it ' +
            'came by no mailbox; nothing is stored, sent or decided.',
          consumes: [MESSAGE],
          querystring: z.strictObject({
            request: requestId.optional(),
            process: name.optional(),
            step: name.optional(),
            locale: z.enum(['en', 'fr']).default('en').describe('Of the person asked, with `step`'),
          }),
          body: z.any().describe('RFC 5322 octets'),
          response: { 200: tried, default: problemResponse },
        },
      },
      async ({ query, body, headers }) => {
        if (!Buffer.isBuffer(body)) throw new AppError('unsupported-media-type')
        if (reading >= MOST_AT_ONCE) throw new AppError('too-busy')
        reading += 1
        try {
          return await read(body, against(query), chooseLocale(headers['accept-language']))
        } finally {
          reading -= 1
        }
      },
    )
  })

  async function read(
    octets: Buffer,
    target: TriedAgainst,
    locale: 'en' | 'fr',
  ): Promise<z.output<typeof tried>> {
    const found = await tryMessage(readOnly(context.db), octets, { against: target, words: locale })
    const { from, subject, attachments } = found.message
    const { definition, step, action } = found.asked
    const shown = maskReplyTokensIn(found.reading)
    const person = action && {
      id: action.person.id,
      address: action.person.address,
      name: action.person.name,
    }
    return {
      from: from.map(({ address }) => address),
      subject: maskReplyTokens(subject),
      attachments,
      size: octets.length,
      sha256: createHash('sha256').update(octets).digest('hex'),
      against: {
        process: definition.title,
        step: step.title,
        request: action?.requestId ?? null,
        action: action?.number ?? null,
        person,
      },
      reading: { ...shown },
      words: wordsOf(shown, translator(locale)),
      advice: adviceOn(found.reading, locale),
      follows: found.follows.text,
    }
  }
}

/** Throws `invalid-input` when it is not said what it should answer. */
function against(query: {
  request?: number | undefined
  process?: string | undefined
  step?: string | undefined
  locale: 'en' | 'fr'
}): TriedAgainst {
  const { request, process, step, locale } = query
  if (request !== undefined) return { request }
  if (process !== undefined && step !== undefined) return { process, step, locale }
  throw new AppError('invalid-input')
}
