import type { EwsFault } from '../faults.ts'
import type { Caller } from './caller.ts'
import { EwsError } from './ews-error.ts'
import type { Answer, Operation } from './operation.ts'
import type { XmlElement } from './xml-element.ts'

/** The lists that an operation answers one response message each for. */
const lists = [
  'm:ItemIds',
  'm:Items',
  'm:ItemChanges',
  'm:FolderIds',
  'm:Folders',
  'm:AttachmentIds',
  'm:SourceIds',
]

/** How many ids, messages or folders a request names; 1 for one that is about a single thing. */
export function countNamed(request: XmlElement): number {
  return listIn(request)?.children.length ?? 1
}

function listIn(request: XmlElement): XmlElement | undefined {
  return request.children.find(({ name }) => lists.includes(name))
}

/** Runs an operation with some of its response messages failing as a fault says, and the others doing their work. */
export async function runPartly(
  { run }: Operation,
  request: XmlElement,
  caller: Caller,
  fault: EwsFault,
): Promise<Answer[]> {
  const errors = Array.from({ length: countNamed(request) }, (_, position) => errorAt(position, fault))
  const answers = errors.every((error) => error) ? [] : await run(without(request, errors), caller)
  let done = 0
  const merged = errors.map((error): Answer => (error ? { error } : (answers[done++] ?? missing())))
  return fault.endsList && fault.stopAt !== undefined ? merged.slice(0, fault.stopAt + 2) : merged
}

function missing(): never {
  throw new Error('the operation gave fewer answers than it was asked for')
}

function errorAt(position: number, fault: EwsFault): EwsError | null {
  const { items, stopAt } = fault
  if (stopAt !== undefined && position > stopAt) return new EwsError('ErrorBatchProcessingStopped')
  const fails =
    (items === undefined && stopAt === undefined) || items?.includes(position) || position === stopAt
  return fails ? errorOf(fault) : null
}

/** The error that a fault names. */
export function errorOf({ code, message, backOffMilliseconds }: EwsFault): EwsError {
  const values = backOffMilliseconds === undefined ? {} : { BackOffMilliseconds: String(backOffMilliseconds) }
  return new EwsError(code, values, message)
}

function without(request: XmlElement, errors: (EwsError | null)[]): XmlElement {
  const list = listIn(request)
  if (!list) return request
  const kept = { ...list, children: list.children.filter((_, position) => !errors[position]) }
  return { ...request, children: request.children.map((child) => (child === list ? kept : child)) }
}
