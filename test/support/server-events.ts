/** Server-sent events as a browser takes them. */

export interface Heard {
  /** `beat` for one that tells nothing. */
  event: string
  id: string
  data: unknown
}

/** The events of a stream, and its beats. */
export async function* eventsOf(answer: Response): AsyncGenerator<Heard> {
  if (answer.body === null) throw new Error('no stream')
  let text = ''
  for await (const chunk of answer.body.pipeThrough(new TextDecoderStream())) {
    text += chunk
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? ''
      if (block === ':') yield { event: 'beat', id: '', data: null }
      else if (field('event') !== '') {
        yield { event: field('event'), id: field('id'), data: JSON.parse(field('data')) }
      }
    }
  }
}

export async function nextEvent(events: AsyncGenerator<Heard>): Promise<Heard> {
  const { value } = await events.next()
  if (!value) throw new Error('the stream has ended')
  return value
}
