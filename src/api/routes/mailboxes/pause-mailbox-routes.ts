import { z } from 'zod'
import { pauseMailbox, resumeMailbox } from '../../../mailboxes/pause-mailbox.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { actorOf } from '../../caller.ts'
import { chooseLocale } from '../../choose-locale.ts'
import { problemResponse } from '../../problem-details.ts'
import { loadMailboxView } from './load-mailbox-view.ts'
import { mailboxByName, mailboxRight } from './mailbox-by-name.ts'
import { mailboxView } from './mailbox-view.ts'

/** An administrator stops a mailbox and has it run again; its settings stay. */
export function pauseMailboxRoutes(server: ApiServer, { context }: ApiParts): void {
  const verbs = [
    {
      verb: 'pause',
      act: pauseMailbox,
      operationId: 'pauseMailbox',
      summary: 'Stop a mailbox until it is resumed',
      description:
        'It becomes `disabled`: neither read from nor sent from. Its settings stay and its mails wait; what is under way comes to its end. May be repeated.',
    },
    {
      verb: 'resume',
      act: resumeMailbox,
      operationId: 'resumeMailbox',
      summary: 'Have a mailbox run again, whatever had stopped it',
      description:
        'It is read at once, and what waits goes out. A detached one is `mailbox-detached`: reattach it instead. May be repeated.',
    },
  ]
  for (const { verb, act, ...schema } of verbs) {
    server.post(
      `/api/mailboxes/:name/${verb}`,
      {
        config: { right: mailboxRight },
        schema: {
          tags: ['mailboxes'],
          ...schema,
          params: mailboxByName,
          response: { 200: z.object({ mailbox: mailboxView }), default: problemResponse },
        },
      },
      async ({ params: { name }, caller, headers }) => {
        await act(context, name, actorOf(caller))
        return { mailbox: await loadMailboxView(context, chooseLocale(headers['accept-language']), name) }
      },
    )
  }
}
