import type { Caller } from './caller.ts'
import { EwsError } from './ews-error.ts'
import type { XmlElement } from './xml-element.ts'

/** One response message: what stands after its ResponseCode, or why it failed. */
export type Answer = { content: string; items?: number; warning?: EwsError } | { error: EwsError }

export interface Operation {
  /** What the schema wants after the ResponseCode of an error. */
  errorTail: string
  run(request: XmlElement, caller: Caller): Answer[] | Promise<Answer[]>
}

/** One answer for each element, in order; an EwsError of one does not stop the others. */
export async function answerEach(
  elements: XmlElement[],
  answer: (element: XmlElement) => string | Promise<string>,
): Promise<Answer[]> {
  const answers: Answer[] = []
  for (const element of elements) answers.push(await answerOne(() => answer(element)))
  return answers
}

/** The one answer of an operation that is asked about one thing. */
export async function answerOne(answer: () => string | Promise<string>): Promise<Answer> {
  try {
    return { content: await answer() }
  } catch (error) {
    if (error instanceof EwsError) return { error }
    throw error
  }
}
