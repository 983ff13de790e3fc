import { EwsError } from './ews-error.ts'
import { NotSimulated, SchemaViolation, validate } from './validate-request.ts'
import { childNamed, childrenOf, localName, readXml, type XmlElement } from './xml-element.ts'

/** A SOAP request whose envelope is sound; the operation's own content is not checked yet. */
export interface SoapRequest {
  operation: string
  body: XmlElement
  header: XmlElement | undefined
}

const versions = [
  'Exchange2007',
  'Exchange2007_SP1',
  'Exchange2009',
  'Exchange2010',
  'Exchange2010_SP1',
  'Exchange2010_SP2',
  'Exchange2012',
  'Exchange2013',
  'Exchange2013_SP1',
  'Exchange2015',
  'Exchange2016',
  'V2015_10_05',
  'V2016_01_06',
  'V2016_04_13',
  'V2016_07_13',
  'V2016_10_10',
  'V2017_01_07',
  'V2017_04_14',
  'V2017_07_11',
]

/**
 * Reads a SOAP 1.1 envelope.
 * @throws NotWellFormed
 * @throws SchemaViolation when it is no SOAP 1.1 envelope around one request
 */
export function readSoapRequest(text: string): SoapRequest {
  const envelope = readXml(text)
  if (envelope.name !== 's:Envelope') {
    throw new SchemaViolation(`The element '${envelope.name}' is not the Envelope of SOAP 1.1.`, envelope)
  }
  const [body, ...more] = childrenOf(envelope, 's:Body')
  if (!body || more.length > 0 || !body.name.startsWith('m:')) {
    throw new SchemaViolation('The Body must hold one request of the messages namespace.', envelope)
  }
  return { operation: localName(body), body, header: childNamed(envelope, 's:Header') }
}

/**
 * Checks the request against the schema, and the server version it asks for.
 * @throws SchemaViolation
 * @throws NotSimulated
 * @throws EwsError ErrorInvalidServerVersion
 */
export function validateSoapRequest(request: SoapRequest, operations: string[]): void {
  const version = request.header && childNamed(request.header, 't:RequestServerVersion')?.attributes.Version
  if (version !== undefined && !versions.includes(version)) throw new EwsError('ErrorInvalidServerVersion')
  const impersonation = request.header && childNamed(request.header, 't:ExchangeImpersonation')
  if (impersonation) validate(impersonation, 'ExchangeImpersonation')
  if (!operations.includes(request.operation)) {
    throw new NotSimulated(`the simulator does not offer ${request.operation}`)
  }
  validate(request.body, request.operation)
}
