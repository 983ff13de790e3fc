import { z } from 'zod'
import { inspect } from '../inbound/inspect.ts'
import { AppError } from '../lib/app-error.ts'
import { isCurrency } from '../lib/currency.ts'
import type { Question, ReplyReading } from '../replies/reading.ts'
import type { Cli } from './cli.ts'
import { CliError } from './cli-error.ts'
import { readInputFile } from './read-input-file.ts'

const anyQuestion = z.strictObject({
  id: z.string().regex(/^Q\d{1,3}$/),
  names: z.array(z.string().min(1).max(500)).max(20).optional(),
})

const choiceQuestion = anyQuestion.extend({
  type: z.literal('choice').optional(),
  choices: z
    .array(
      z.strictObject({
        result: z.string().min(1).max(30),
        keywords: z.array(z.string().min(1).max(60)).max(100),
      }),
    )
    .min(1)
    .max(20),
})

const valueQuestion = anyQuestion.extend({ type: z.enum(['number', 'date', 'text']) })

const moneyQuestion = anyQuestion.extend({
  type: z.literal('money'),
  currency: z.string().refine(isCurrency),
})

/** `[{"id":"Q1","choices":[{"result":"YES","keywords":["yes","oui"]}]},{"id":"Q2","type":"money","currency":"EUR"}]` */
export const questionsFormat = z
  .array(z.union([choiceQuestion, valueQuestion, moneyQuestion]))
  .min(1)
  .max(100)

/** `[]`, `##`, or several pairs. */
export const bracketsFormat = z.string().regex(/^(?:\S\S){1,4}$/u)

/** The question of most approvals, for a message that comes without its own. */
const yesOrNo: Question[] = [
  {
    id: 'Q1',
    choices: [
      { result: 'YES', keywords: ['yes', 'approve', 'approved', 'oui', 'j’approuve', 'approuvé'] },
      { result: 'NO', keywords: ['no', 'reject', 'rejected', 'non', 'je refuse', 'refusé'] },
    ],
  },
]

/** A message to read, and what is known of the mail that it answers. */
export interface InspectCase {
  file: string
  questions?: Question[] | undefined
  locale?: string | undefined
  brackets?: string | undefined
  /** File with the text that we sent. */
  sent?: string | undefined
}

/** `file` is what the message was named by. */
export type Inspected =
  | { file: string; from: string; subject: string; reading: ReplyReading }
  | { file: string; error: { code: string; message: string } }

/** Reads one message file as a reply. A file that cannot be read, or is no message, is an outcome too. */
export async function inspectFile(one: InspectCase, cli: Pick<Cli, 'text' | 'locale'>): Promise<Inspected> {
  const { file } = one
  try {
    const raw = await readInputFile(file, cli.text)
    const sent = one.sent === undefined ? null : await readInputFile(one.sent, cli.text)
    const { message, reading } = await inspect(raw, {
      questions: one.questions ?? yesOrNo,
      locale: one.locale ?? cli.locale,
      brackets: one.brackets ?? '[]',
      sentText: sent?.toString('utf8') ?? null,
      learnedFooters: [],
    })
    const from = message.from.map(({ address }) => address).join(', ')
    return { file, from, subject: message.subject, reading }
  } catch (error) {
    if (error instanceof CliError) return { file, error: { code: error.code, message: error.message } }
    if (!(error instanceof AppError)) throw error
    const message = cli.text(`errors:${error.code}.detail`, error.values)
    return { file, error: { code: error.code, message } }
  }
}
