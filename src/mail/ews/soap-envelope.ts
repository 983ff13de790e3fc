import { responseCodeError } from './response-codes.ts'
import { unreadable } from './response-message.ts'
import { type Xml, xml } from './xml.ts'
import { child, readXml, textAt, type XmlElement } from './xml-element.ts'

/** SOAP 1.1. Microsoft's pages print it with `https`, which is another namespace and is refused. */
const soap = 'http://schemas.xmlsoap.org/soap/envelope/'
const types = 'http://schemas.microsoft.com/exchange/services/2006/types'
const messages = 'http://schemas.microsoft.com/exchange/services/2006/messages'

/** The body in its own namespaces, as it can be checked against Microsoft's schema. */
export function withNamespaces(body: Xml): string {
  return body.xml.replace(/^<m:\w+/, `$& xmlns:m="${messages}" xmlns:t="${types}"`)
}

/** What Exchange Online and every Exchange Server since 2013 take; another one shapes their answers. */
const serverVersion = 'Exchange2013_SP1'

/** A request; `impersonated` is the mailbox for which a caller acts that has none of its own. */
export function writeEnvelope(body: Xml, impersonated: string | null): string {
  const version = xml`<t:RequestServerVersion Version="${serverVersion}"/>`
  const impersonation =
    impersonated === null
      ? ''
      : xml`<t:ExchangeImpersonation><t:ConnectingSID><t:SmtpAddress>${impersonated}</t:SmtpAddress></t:ConnectingSID></t:ExchangeImpersonation>`
          .xml
  return `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="${soap}" xmlns:t="${types}"><s:Header>${version.xml}${impersonation}</s:Header><s:Body>${withNamespaces(body)}</s:Body></s:Envelope>`
}

/**
 * The response element inside an envelope. Throws `MailError`: what the fault says, or `protocol` when it is no
 * envelope. `headerWaitMs` is the wait that came with it as Retry-After, for a fault that names none.
 */
export function readEnvelope(text: string, address: string, headerWaitMs: number | null = null): XmlElement {
  const body = child(parse(text), 'Body')
  const fault = child(body, 'Fault')
  if (fault !== undefined) {
    const detail = child(fault, 'detail')
    // `a:ErrorServerBusy`: the code stands in both places, but a fault of the front door may lack the detail.
    const code = textAt(detail, 'ResponseCode') || textAt(fault, 'faultcode').replace(/^.*:/, '')
    throw responseCodeError(code, detail, address, headerWaitMs)
  }
  const response = body?.children[0]
  if (response === undefined) throw unreadable('no SOAP body')
  return response
}

function parse(text: string): XmlElement {
  try {
    return readXml(text)
  } catch (error) {
    throw unreadable('no well-formed XML', error)
  }
}
