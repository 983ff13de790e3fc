import { createHash, randomBytes } from 'node:crypto'
import { formatDate } from './compose-message.ts'
import { domainOf } from './domain-of.ts'
import { addressesIn, type HeaderField, readHeaderBlock, rewriteHeader } from './header-block.ts'
import type { Mailbox } from './mailbox.ts'

/**
 * How a message reached the mailbox: from a mailbox of the same tenant; from the internet with DMARC, from a domain
 * that publishes nothing to check, or failing DMARC; by Direct Send with a From of the own domain; from the internet and taken for spam.
 */
export const origins = [
  'internal',
  'external-pass',
  'external-softpass',
  'external-fail',
  'spoof',
  'junk',
] as const

export type Origin = (typeof origins)[number]

interface Arrival {
  origin: Origin
  recipient: Mailbox
  /** Envelope sender; empty for bounces and automatic replies. */
  sender: string
  now: number
}

const FOREIGN_IP = '192.0.2.1'

/**
 * Adds what Exchange Online Protection writes into a message on its way in, and removes what only Exchange may say:
 * the header firewall strips X-MS-Exchange-Organization-* of every sender, and the Return-Path is rewritten. An
 * Authentication-Results of an earlier hop stays, below ours.
 */
export function stampHeaders(raw: Buffer, arrival: Arrival): Buffer {
  const from = addressesIn(readHeaderBlock(raw).fields, 'From')[0]?.address ?? arrival.sender
  const { before, after } = arrival.recipient.tenant
    ? exchangeHeaders(arrival, from)
    : foreignHeaders(arrival, from)
  return rewriteHeader(raw, {
    before,
    keep: (name) =>
      !name.startsWith('x-ms-exchange-organization-') && name !== 'return-path' && name !== 'bcc',
    after: [...after, { name: 'Return-Path', value: arrival.sender === '' ? '<>' : arrival.sender }],
  })
}

function exchangeHeaders(arrival: Arrival, from: string): { before: HeaderField[]; after: HeaderField[] } {
  const { origin, recipient, now } = arrival
  const tenantId = recipient.tenant?.id ?? ''
  const server = serverName(recipient.address)
  const hops = [received(`${serverName(from)} by ${server}`, 'Microsoft SMTP Server (version=TLS1_3)', now)]
  if (origin === 'internal') {
    return {
      before: hops,
      after: [
        { name: 'X-MS-Exchange-Organization-AuthSource', value: serverName(from) },
        { name: 'X-MS-Exchange-Organization-AuthAs', value: 'Internal' },
        { name: 'X-MS-Exchange-Organization-AuthMechanism', value: '04' },
        { name: 'X-MS-Exchange-Organization-MessageDirectionality', value: 'Originating' },
        { name: 'X-MS-Exchange-Organization-SCL', value: '-1' },
        { name: 'X-MS-Exchange-CrossTenant-AuthAs', value: 'Internal' },
        { name: 'X-MS-Exchange-CrossTenant-FromEntityHeader', value: 'Hosted' },
        { name: 'X-MS-Exchange-CrossTenant-Id', value: tenantId },
        { name: 'X-MS-Has-Attach', value: '' },
        { name: 'X-MS-TNEF-Correlator', value: '' },
      ],
    }
  }
  const scl = origin === 'junk' ? 5 : 1
  const category = origin === 'junk' ? 'SFV:SPM;CAT:SPM' : 'SFV:NSPM;CAT:NONE'
  return {
    before: [
      ...hops,
      { name: 'Authentication-Results', value: authenticationResults(origin, domainOf(from)) },
      { name: 'Received-SPF', value: spfLine(origin, domainOf(from)) },
      received(
        `mail.${domainOf(from)} (${FOREIGN_IP}) by ${serverName(`edge@${domainOf(recipient.address)}`)}`,
        'Microsoft SMTP Server (version=TLS1_3) via Frontend Transport',
        now,
      ),
    ],
    after: [
      { name: 'X-MS-Exchange-Organization-AuthSource', value: server },
      { name: 'X-MS-Exchange-Organization-AuthAs', value: 'Anonymous' },
      { name: 'X-MS-Exchange-Organization-MessageDirectionality', value: 'Incoming' },
      { name: 'X-MS-Exchange-Organization-SCL', value: String(scl) },
      {
        name: 'X-Forefront-Antispam-Report',
        value: `CIP:${FOREIGN_IP};CTRY:;LANG:en;SCL:${scl};SRV:;IPV:NLI;${category};DIR:INB;`,
      },
      { name: 'X-MS-Exchange-CrossTenant-AuthAs', value: 'Anonymous' },
      { name: 'X-MS-Exchange-CrossTenant-FromEntityHeader', value: 'Internet' },
      { name: 'X-MS-Exchange-CrossTenant-Id', value: tenantId },
    ],
  }
}

/** What a mail server outside Microsoft 365 adds; it names itself, as RFC 8601 asks. */
function foreignHeaders(
  { recipient, now }: Arrival,
  from: string,
): { before: HeaderField[]; after: HeaderField[] } {
  const server = `mx.${domainOf(recipient.address)}`
  return {
    before: [
      received(`${serverName(from)} by ${server}`, 'ESMTPS', now),
      {
        name: 'Authentication-Results',
        value: `${server}; spf=pass smtp.mailfrom=${domainOf(from)};\r\n dkim=pass header.d=${domainOf(from)}; dmarc=pass header.from=${domainOf(from)}`,
      },
    ],
    after: [],
  }
}

/** Exchange Online's own field: no authserv-id, and folded wherever a line grows long. */
function authenticationResults(origin: Origin, domain: string): string {
  const isProven = origin === 'external-pass' || origin === 'junk'
  if (isProven) {
    return (
      `spf=pass (sender IP is ${FOREIGN_IP})\r\n smtp.mailfrom=${domain}; dkim=pass (signature was verified)\r\n ` +
      `header.d=${domain};dmarc=pass action=none\r\n header.from=${domain};compauth=pass reason=100`
    )
  }
  if (origin === 'external-softpass') {
    return (
      `spf=none (sender IP is ${FOREIGN_IP})\r\n smtp.mailfrom=${domain}; dkim=none (message not signed)\r\n ` +
      `header.d=none;dmarc=none action=none\r\n header.from=${domain};compauth=softpass reason=201`
    )
  }
  // reason 001: implicit failure of a foreign domain; 601: implicit failure with a From of the receiving domain.
  const reason = origin === 'spoof' ? '601' : '001'
  return (
    `spf=fail (sender IP is ${FOREIGN_IP})\r\n smtp.mailfrom=${domain}; dkim=none (message not signed)\r\n ` +
    `header.d=none;dmarc=fail action=none\r\n header.from=${domain};compauth=fail reason=${reason}`
  )
}

function spfLine(origin: Origin, domain: string): string {
  if (origin === 'external-softpass')
    return `None (protection.outlook.com: ${domain} does not designate permitted sender hosts)`
  const isProven = origin === 'external-pass' || origin === 'junk'
  return isProven
    ? `Pass (protection.outlook.com: domain of ${domain} designates ${FOREIGN_IP} as permitted sender)`
    : `Fail (protection.outlook.com: domain of ${domain} does not designate ${FOREIGN_IP} as permitted sender)`
}

function received(path: string, protocol: string, now: number): HeaderField {
  const id = `15.20.${1000 + (now % 8000)}.${randomBytes(2).readUInt16BE() % 64}`
  return { name: 'Received', value: `from ${path} with ${protocol}\r\n id ${id}; ${formatDate(now)}` }
}

/** A mailbox server's name; the same address always gets the same one. */
function serverName(address: string): string {
  const mark = createHash('sha256').update(domainOf(address)).digest('hex').slice(0, 4).toUpperCase()
  return `AM0PR01MB${mark}.eurprd01.prod.outlook.com`
}
