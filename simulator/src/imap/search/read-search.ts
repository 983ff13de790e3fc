import { addressesIn, decodeText, readHeaderBlock } from '../../mail/header-block.ts'
import { dayOf, readDay } from '../dates.ts'
import { hasFlag } from '../flags.ts'
import { badArguments } from '../imap-refusal.ts'
import { type Argument, textOf } from '../parse-arguments.ts'
import { type Entry, namedMessages, type View } from '../view.ts'

export type Criterion = (entry: Entry, number: number) => boolean

/** Reads the rest of a key from what follows it. */
type Key = (reader: Reader) => Criterion

const DEPTH_LIMIT = 50

interface Reader {
  view: View
  /** The next argument, taken. @throws ImapRefusal BAD when there is none */
  take(): Argument
  /** The criterion that the next arguments make. */
  readKey(): Criterion
}

const flag =
  (name: string, isWanted = true): Key =>
  () =>
  ({ item }) =>
    hasFlag(item, name) === isWanted

const byDay =
  (moment: (entry: Entry) => number | null, compare: (day: number, wanted: number) => boolean): Key =>
  (reader) => {
    const wanted = readDay(textOf(reader.take()))
    return (entry) => {
      const at = moment(entry)
      return at !== null && compare(dayOf(at), wanted)
    }
  }

/** Text is compared without case, as a part of what is there (RFC 3501, section 6.4.4). */
const byText =
  (textIn: (entry: Entry) => string): Key =>
  (reader) => {
    const wanted = takeText(reader)
    return (entry) => textIn(entry).toLowerCase().includes(wanted)
  }

/** The octets of a literal or string are UTF-8, of which US-ASCII is a part. */
function takeText(reader: Reader): string {
  return Buffer.from(textOf(reader.take()), 'latin1').toString('utf8').toLowerCase()
}

const received = ({ item }: Entry) => item.receivedAt
function sent({ item }: Entry): number | null {
  const moment = Date.parse(fieldText(item.raw, 'Date'))
  return Number.isNaN(moment) ? null : moment
}

const isOn = (day: number, wanted: number) => day === wanted
const isBefore = (day: number, wanted: number) => day < wanted
const isSince = (day: number, wanted: number) => day >= wanted

const keys: Record<string, Key> = {
  ALL: () => () => true,
  ANSWERED: flag('\\Answered'),
  BCC: byText(({ item }) => addressText(item.raw, 'Bcc')),
  BEFORE: byDay(received, isBefore),
  BODY: byText(({ item }) => item.raw.toString('utf8', readHeaderBlock(item.raw).bodyStart)),
  CC: byText(({ item }) => addressText(item.raw, 'Cc')),
  DELETED: flag('\\Deleted'),
  DRAFT: flag('\\Draft'),
  FLAGGED: flag('\\Flagged'),
  FROM: byText(({ item }) => addressText(item.raw, 'From')),
  HEADER(reader) {
    const name = textOf(reader.take())
    const wanted = takeText(reader)
    return ({ item }) =>
      readHeaderBlock(item.raw).fields.some(
        (field) =>
          field.name.toLowerCase() === name.toLowerCase() &&
          decodeText(field.value).toLowerCase().includes(wanted),
      )
  },
  KEYWORD(reader) {
    const name = textOf(reader.take())
    return ({ item }) => item.flags.has(name)
  },
  LARGER(reader) {
    const size = takeNumber(reader)
    return ({ item }) => item.raw.length > size
  },
  NEW:
    ({ view }) =>
    ({ item }) =>
      view.recent.has(item) && !item.isRead,
  NOT(reader) {
    const criterion = reader.readKey()
    return (entry, number) => !criterion(entry, number)
  },
  OLD:
    ({ view }) =>
    ({ item }) =>
      !view.recent.has(item),
  ON: byDay(received, isOn),
  OR(reader) {
    const [one, other] = [reader.readKey(), reader.readKey()]
    return (entry, number) => one(entry, number) || other(entry, number)
  },
  RECENT:
    ({ view }) =>
    ({ item }) =>
      view.recent.has(item),
  SEEN: flag('\\Seen'),
  SENTBEFORE: byDay(sent, isBefore),
  SENTON: byDay(sent, isOn),
  SENTSINCE: byDay(sent, isSince),
  SINCE: byDay(received, isSince),
  SMALLER(reader) {
    const size = takeNumber(reader)
    return ({ item }) => item.raw.length < size
  },
  SUBJECT: byText(({ item }) => item.summary.subject),
  TEXT: byText(({ item }) => item.raw.toString('utf8')),
  TO: byText(({ item }) => addressText(item.raw, 'To')),
  UID: (reader) => inSet(reader, textOf(reader.take()), true),
  UNANSWERED: flag('\\Answered', false),
  UNDELETED: flag('\\Deleted', false),
  UNDRAFT: flag('\\Draft', false),
  UNFLAGGED: flag('\\Flagged', false),
  UNKEYWORD(reader) {
    const name = textOf(reader.take())
    return ({ item }) => !item.flags.has(name)
  },
  UNSEEN: flag('\\Seen', false),
}

/**
 * Reads search keys, all of which have to hold (RFC 3501, section 6.4.4).
 * @throws ImapRefusal BAD
 */
export function readSearch(args: Argument[], view: View, depth = 0): Criterion {
  let [at, nested] = [0, depth]
  const reader: Reader = {
    view,
    take() {
      const argument = args[at]
      if (!argument) throw badArguments()
      at += 1
      return argument
    },
    readKey() {
      nested += 1
      if (nested > DEPTH_LIMIT) throw badArguments()
      const criterion = readKey(reader, nested)
      nested -= 1
      return criterion
    },
  }
  const criteria: Criterion[] = []
  while (at < args.length) criteria.push(reader.readKey())
  return (entry, number) => criteria.every((criterion) => criterion(entry, number))
}

function readKey(reader: Reader, depth: number): Criterion {
  const argument = reader.take()
  if ('list' in argument) return readSearch(argument.list, reader.view, depth)
  const text = textOf(argument)
  if (/^[\d*]/.test(text)) return inSet(reader, text, false)
  const name = text.toUpperCase()
  const key = Object.hasOwn(keys, name) ? keys[name] : undefined
  if (!key) throw badArguments()
  return key(reader)
}

function inSet({ view }: Reader, set: string, isUid: boolean): Criterion {
  const named = new Set(namedMessages(view, set, isUid).map(({ entry }) => entry))
  return (entry) => named.has(entry)
}

function takeNumber(reader: Reader): number {
  const text = textOf(reader.take())
  if (!/^\d{1,10}$/.test(text)) throw badArguments()
  return Number(text)
}

function fieldText(raw: Buffer, name: string): string {
  return (
    readHeaderBlock(raw).fields.find((field) => field.name.toLowerCase() === name.toLowerCase())?.value ?? ''
  )
}

function addressText(raw: Buffer, name: string): string {
  const { fields } = readHeaderBlock(raw)
  return addressesIn(fields, name)
    .map((address) => `${decodeText(address.name)} <${address.address}>`)
    .join(', ')
}
