import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import {
  bitString,
  boolean,
  explicit,
  implicit,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  set,
  utcTime,
  utf8String,
} from './der.ts'

/** What the servers present, and the authority a client has to trust. All PEM. */
export interface ServerCertificate {
  caPem: string
  certificatePem: string
  keyPem: string
}

const DAY = 86_400_000
const ECDSA_WITH_SHA256 = sequence(objectIdentifier('1.2.840.10045.4.3.2'))

/**
 * Makes a certificate authority and a server certificate for `localhost` and `127.0.0.1` (RFC 5280, P-256). Both live
 * as long as the process; written out by hand because Node makes no certificates.
 */
export function createServerCertificate(): ServerCertificate {
  const ca = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const server = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const caName = name('Simulator CA')
  const caKeyId = keyIdentifier(ca.publicKey)
  const caCertificate = certify(caName, caName, ca.publicKey, ca.privateKey, [
    extension('2.5.29.19', true, sequence(boolean(true))), // basicConstraints: CA
    extension('2.5.29.15', true, bitString(Buffer.from([0b0000_0110]), 1)), // keyUsage: keyCertSign, cRLSign
    extension('2.5.29.14', false, octetString(caKeyId)),
  ])
  const serverCertificate = certify(name('localhost'), caName, server.publicKey, ca.privateKey, [
    extension('2.5.29.15', true, bitString(Buffer.from([0b1000_0000]), 7)), // keyUsage: digitalSignature
    extension('2.5.29.37', false, sequence(objectIdentifier('1.3.6.1.5.5.7.3.1'))), // serverAuth
    extension(
      '2.5.29.17', // subjectAltName
      false,
      sequence(implicit(2, Buffer.from('localhost')), implicit(7, Buffer.from([127, 0, 0, 1]))),
    ),
    extension('2.5.29.35', false, sequence(implicit(0, caKeyId))),
  ])
  return {
    caPem: pem(caCertificate),
    certificatePem: pem(serverCertificate),
    keyPem: server.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

function certify(
  subject: Buffer,
  issuer: Buffer,
  subjectKey: KeyObject,
  issuerKey: KeyObject,
  extensions: Buffer[],
): Buffer {
  const serial = Buffer.concat([Buffer.from([0x01]), randomBytes(15)]) // positive: the first bit is clear
  const now = Date.now()
  const body = sequence(
    explicit(0, integer(Buffer.from([2]))), // version 3
    integer(serial),
    ECDSA_WITH_SHA256,
    issuer,
    sequence(utcTime(new Date(now - DAY)), utcTime(new Date(now + 30 * DAY))),
    subject,
    subjectKey.export({ type: 'spki', format: 'der' }),
    explicit(3, sequence(...extensions)),
  )
  return sequence(body, ECDSA_WITH_SHA256, bitString(sign('sha256', body, issuerKey)))
}

function name(commonName: string): Buffer {
  return sequence(set(sequence(objectIdentifier('2.5.4.3'), utf8String(commonName))))
}

function extension(id: string, isCritical: boolean, value: Buffer): Buffer {
  const critical = isCritical ? [boolean(true)] : []
  return sequence(objectIdentifier(id), ...critical, octetString(value))
}

function keyIdentifier(key: KeyObject): Buffer {
  return createHash('sha1')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest()
}

function pem(certificate: Buffer): string {
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}
