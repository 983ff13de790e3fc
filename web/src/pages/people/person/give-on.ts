import { answerOf, api } from '../../../api/client.ts'
import { giveAction } from '../people.ts'

/**
 * Gives to somebody what waits for another and for nobody else. What others are asked too stays with them: an
 * administrator gives away the whole of an action. Throws `ProblemError`; what was given by then is given.
 */
export async function giveOn(address: string, to: string): Promise<void> {
  let after: string | null = null
  do {
    const query = { assignee: address, limit: 200, ...(after !== null && { after }) }
    const page: { items: { id: string; assignees: unknown[] }[]; next: string | null } = await answerOf(
      api.GET('/api/actions', { params: { query } }),
    )
    for (const { id, assignees } of page.items) if (assignees.length === 1) await giveAction(id, to)
    after = page.next
  } while (after !== null)
}
