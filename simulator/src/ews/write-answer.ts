import { EwsError } from './ews-error.ts'
import { namespaces } from './namespaces.ts'
import type { Answer } from './operation.ts'
import type { SchemaViolation } from './validate-request.ts'
import { element, escapeXml, textElement } from './write-xml.ts'

const ONLINE =
  'MajorVersion="15" MinorVersion="20" MajorBuildNumber="9499" MinorBuildNumber="12" Version="V2018_01_08"'
/** Exchange Server Subscription Edition of February 2026. */
const ON_PREMISES =
  'MajorVersion="15" MinorVersion="2" MajorBuildNumber="2562" MinorBuildNumber="17" Version="V2017_07_11"'

/** A SOAP envelope as Exchange Online writes it. */
function writeEnvelope(body: string): string {
  return (
    `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="${namespaces.s}"><s:Header>` +
    `<h:ServerVersionInfo ${ONLINE} xmlns:h="${namespaces.t}" xmlns="${namespaces.t}" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>` +
    `</s:Header><s:Body xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">${body}</s:Body></s:Envelope>`
  )
}

/** The same envelope as an Exchange Server on the own premises writes it. */
export function ofExchangeServer(envelope: string): string {
  return envelope.replace(ONLINE, ON_PREMISES)
}

/** The same envelope with a root element that has no prefix. */
export function withBareRoot(envelope: string): string {
  return envelope
    .replace('<s:Envelope ', `<Envelope xmlns="${namespaces.s}" `)
    .replace('</s:Envelope>', '</Envelope>')
}

/** The answer of an operation: one response message after the other. */
export function writeResponse(operation: string, answers: Answer[], errorTail: string): string {
  const messages = answers.map((answer) => writeResponseMessage(operation, answer, errorTail)).join('')
  return writeEnvelope(
    `<m:${operation}Response xmlns:m="${namespaces.m}" xmlns:t="${namespaces.t}"><m:ResponseMessages>${messages}</m:ResponseMessages></m:${operation}Response>`,
  )
}

function writeResponseMessage(operation: string, answer: Answer, errorTail: string): string {
  const name = `m:${operation}ResponseMessage`
  if ('error' in answer) {
    return element(name, { ResponseClass: 'Error' }, `${writeProblem(answer.error)}${errorTail}`)
  }
  if (answer.warning) {
    return element(name, { ResponseClass: 'Warning' }, `${writeProblem(answer.warning)}${answer.content}`)
  }
  return element(
    name,
    { ResponseClass: 'Success' },
    `<m:ResponseCode>NoError</m:ResponseCode>${answer.content}`,
  )
}

function writeProblem(error: EwsError): string {
  return (
    `${textElement('m:MessageText', error.message)}${textElement('m:ResponseCode', error.code)}` +
    `<m:DescriptiveLinkKey>0</m:DescriptiveLinkKey>${writeValues('m:MessageXml', error.values)}`
  )
}

function writeValues(name: string, values: Record<string, string>): string {
  const entries = Object.entries(values)
  if (entries.length === 0) return ''
  return element(
    name,
    {},
    entries.map(([key, value]) => element('t:Value', { Name: key }, escapeXml(value))).join(''),
  )
}

/** A SOAP fault, sent with HTTP 500. */
export function writeFault(error: EwsError | SchemaViolation): string {
  const code = error instanceof EwsError ? error.code : 'ErrorSchemaValidation'
  const text =
    error instanceof EwsError ? error.message : `The request failed schema validation: ${error.message}`
  const values = error instanceof EwsError ? writeValues('t:MessageXml', error.values) : writeViolation(error)
  return (
    `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="${namespaces.s}"><s:Body><s:Fault>` +
    `<faultcode xmlns:a="${namespaces.t}">a:${code}</faultcode><faultstring xml:lang="en-US">${escapeXml(text)}</faultstring>` +
    `<detail xmlns:t="${namespaces.t}"><e:ResponseCode xmlns:e="${namespaces.e}">${code}</e:ResponseCode>` +
    `<e:Message xmlns:e="${namespaces.e}">${escapeXml(text)}</e:Message>${values}</detail></s:Fault></s:Body></s:Envelope>`
  )
}

function writeViolation({ line, column, message }: SchemaViolation): string {
  return `<t:MessageXml>${textElement('t:LineNumber', line)}${textElement('t:LinePosition', column)}${textElement('t:Violation', message)}</t:MessageXml>`
}
