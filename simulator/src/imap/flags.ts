import type { Item } from '../mail/folder.ts'
import { type Mailbox, touchItem } from '../mail/mailbox.ts'
import { type Argument, textOf } from './parse-arguments.ts'

/** The flags that a mailbox of Exchange keeps; keywords of a client's own are not among them. */
export const permanentFlags = ['\\Seen', '\\Answered', '\\Flagged', '\\Deleted', '\\Draft', '$MDNSent']

/** The flags of a message, without \Recent. */
export function flagsOf(item: Item): string[] {
  return permanentFlags.filter((flag) => hasFlag(item, flag))
}

export function hasFlag(item: Item, flag: string): boolean {
  if (flag === '\\Seen') return item.isRead
  return flag === '\\Draft' ? item.isDraft : item.flags.has(flag)
}

/** The flags that a client names; those that are not kept are forgotten, as Exchange does. */
export function readFlags(args: Argument[]): string[] {
  const named = args.map((argument) => textOf(argument).toLowerCase())
  return permanentFlags.filter((flag) => named.includes(flag.toLowerCase()))
}

/** Gives a message exactly these flags; \Draft stays as it is, for it is no flag but a state of the message. */
export function setFlags(mailbox: Mailbox, item: Item, flags: string[]): void {
  const isRead = flags.includes('\\Seen')
  const kept = flags.filter((flag) => flag !== '\\Seen' && flag !== '\\Draft')
  const readFlagOnly = kept.length === item.flags.size && kept.every((flag) => item.flags.has(flag))
  if (readFlagOnly && isRead === item.isRead) return
  item.isRead = isRead
  item.flags = new Set(kept)
  touchItem(mailbox, item, { readFlagOnly })
}
