import { check, isStrings, oneOf } from '../../check-json.ts'
import { InvalidInput } from '../../invalid-input.ts'
import type { Item } from '../../mail/folder.ts'
import { fromFormat, toFormat } from '../../mail/id-formats.ts'
import type { Mailbox } from '../../mail/mailbox.ts'
import { GraphError } from '../graph-error.ts'
import { findItem, toRestId } from '../ids.ts'
import { readJson } from '../read-json.ts'
import type { GraphAnswer, MailboxCall } from '../request.ts'

const MOST_IDS = 1000

/** Graph's formats of an id: how each finds a message, and how it names one. */
const formats: Record<string, { find(mailbox: Mailbox, id: string): Item; write(item: Item): string }> = {
  ewsId: { find: (mailbox, id) => findItem(mailbox, toRestId(id)), write: ({ id }) => id },
  restId: { find: findItem, write: ({ id }) => toRestId(id) },
  restImmutableEntryId: { find: findItem, write: ({ immutableId }) => toRestId(immutableId) },
  entryId: {
    find: (mailbox, id) => findItem(mailbox, toRestId(fromFormat('EntryId', id) ?? '')),
    write: ({ id }) => toFormat('EntryId', id),
  },
}

/** https://learn.microsoft.com/graph/api/user-translateexchangeids */
export function translateExchangeIds({ mailbox, request }: MailboxCall): GraphAnswer {
  const isFormat = oneOf(Object.keys(formats))
  const checks = { inputIds: isStrings, sourceIdType: isFormat, targetIdType: isFormat }
  const wanted = check(readJson(request), checks, Object.keys(checks))
  const ids = wanted.inputIds as string[]
  if (ids.length > MOST_IDS) throw new InvalidInput(`"inputIds" has more than ${MOST_IDS} entries`)
  const [from, to] = [formats[String(wanted.sourceIdType)], formats[String(wanted.targetIdType)]]
  if (!from || !to) throw new Error('a format passed its check and is not known')
  const value = ids.map((sourceId) => {
    try {
      return { sourceId, targetId: to.write(from.find(mailbox, sourceId)) }
    } catch (error) {
      if (!(error instanceof GraphError)) throw error
      return { sourceId, errorDetails: { code: error.code, message: error.message } }
    }
  })
  return { status: 200, items: ids.length, body: { value } }
}
