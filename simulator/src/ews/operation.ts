import { MailRefused } from '../mail/mail-refused.ts'
import type { Caller } from './caller.ts'
import { EwsError } from './ews-error.ts'
import type { XmlElement } from './xml-element.ts'

/** What stands after the ResponseCode; `items` counts what came back when that is not one thing. */
export interface Content {
  content: string
  items?: number
  warning?: EwsError
}

/** One response message. */
export type Answer = Content | { error: EwsError }

type AnswerContent = string | Content

export interface Operation {
  /** What the schema wants after the ResponseCode of an error. */
  errorTail: string
  run(request: XmlElement, caller: Caller): Answer[] | Promise<Answer[]>
}

/** One answer for each element, in order; an EwsError of one does not stop the others. */
export async function answerEach(
  elements: XmlElement[],
  answer: (element: XmlElement) => AnswerContent | Promise<AnswerContent>,
): Promise<Answer[]> {
  const answers: Answer[] = []
  for (const element of elements) answers.push(await answerOne(() => answer(element)))
  return answers
}

/** The one answer of an operation that is asked about one thing. */
export async function answerOne(answer: () => AnswerContent | Promise<AnswerContent>): Promise<Answer> {
  try {
    const content = await answer()
    return typeof content === 'string' ? { content } : content
  } catch (error) {
    if (error instanceof EwsError) return { error }
    if (error instanceof MailRefused) return { error: new EwsError(error.code) }
    throw error
  }
}
