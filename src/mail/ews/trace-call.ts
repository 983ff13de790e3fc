import type { HttpAnswer, HttpStream } from '../../lib/http-client.ts'
import type { Log } from '../../lib/log.ts'

/** Enough for a full page of SyncFolderItems. */
const LONGEST = 32 * 1024

/** Whose text tells what was asked and how it went, and nothing of a mail. */
const shownElements = new Set(
  (
    'BaseShape ConnectionStatus ConnectionTimeout DateTimeReceived IncludeMimeContent IncludesLastItemInRange ' +
    'IsRead MaxChangesReturned ResponseCode Size SmtpAddress SyncScope Timeout faultcode'
  ).split(' '),
)
const shownAttributes = new Set(
  (
    'BasePoint ChangeKey ConflictResolution DeleteType DistinguishedPropertySetId FieldURI Id ' +
    'IncludesLastItemInRange IndexedPagingOffset MajorBuildNumber MajorVersion MaxEntriesReturned ' +
    'MessageDisposition MinorBuildNumber MinorVersion Offset PropertyId PropertyName PropertyTag PropertyType ' +
    'ResponseClass SuppressReadReceipts TotalItemsInView Traversal Version'
  ).split(' '),
)
const shownHeaders = [
  'content-type',
  'content-length',
  'date',
  'location',
  'request-id',
  'retry-after',
  'x-ews-policy-reason',
  'x-feserver',
  'x-ms-diagnostics',
]

/** Writes a call with its answer into the log at level trace: no credentials, no words of any mail. */
export function traceCall(
  log: Log,
  call: { operation: string; requestId: string; url: string; body: string; answer: HttpAnswer | HttpStream },
): void {
  if (!log.isLevelEnabled('trace')) return
  const { operation, requestId, url, answer } = call
  const headers = shownHeaders.flatMap((name) => {
    const value = answer.headers.get(name)
    return value === null ? [] : [[name, value]]
  })
  log.trace(
    {
      operation,
      requestId,
      url,
      asked: maskEnvelope(call.body),
      status: answer.status,
      headers: Object.fromEntries(headers),
      // A stream is read by whoever asked for it.
      answered:
        answer.body instanceof Uint8Array
          ? maskEnvelope(new TextDecoder().decode(answer.body.subarray(0, LONGEST)))
          : null,
    },
    'EWS exchange',
  )
}

/**
 * The elements of an envelope, with the text and attributes that are known to be harmless; `…` stands for any other.
 * Whatever is not understood is left out. Linear in the length, which is bounded.
 */
export function maskEnvelope(envelope: string): string {
  const whole = envelope.slice(0, LONGEST).replace(/<[^<>]*$/, '')
  const masked = Array.from(whole.matchAll(/<([^<>]*)>([^<]*)/g), ([, tag = '', text = '']) => {
    const name = /^\/?[\w:.-]+/.exec(tag)?.[0]
    if (name === undefined) return text.trim() === '' ? '' : '…'
    const shown = shownElements.has(localName(name)) || text.trim() === '' ? text : '…'
    return `<${name}${maskAttributes(tag)}${tag.endsWith('/') ? '/' : ''}>${shown}`
  })
  return masked.join('') + (envelope.length > LONGEST ? '…' : '')
}

function maskAttributes(tag: string): string {
  return Array.from(tag.matchAll(/\s([\w:.-]+)\s*=\s*("[^"]*"|'[^']*')/g), ([, name = '', value]) => {
    if (name.startsWith('xmlns')) return ''
    return ` ${name}=${shownAttributes.has(localName(name)) ? value : '"…"'}`
  }).join('')
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}
