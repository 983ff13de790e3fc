/** ASN.1 in its distinguished encoding (X.690): just what a certificate needs. */

function der(tag: number, ...contents: Buffer[]): Buffer {
  const content = Buffer.concat(contents)
  return Buffer.concat([Buffer.from([tag]), derLength(content.length), content])
}

function derLength(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length])
  const octets = Buffer.alloc(4)
  octets.writeUInt32BE(length)
  const significant = octets.subarray(octets.findIndex((octet) => octet !== 0))
  return Buffer.concat([Buffer.from([0x80 | significant.length]), significant])
}

export const sequence = (...contents: Buffer[]): Buffer => der(0x30, ...contents)

export const set = (...contents: Buffer[]): Buffer => der(0x31, ...contents)

export const boolean = (value: boolean): Buffer => der(0x01, Buffer.from([value ? 0xff : 0]))

export const integer = (octets: Buffer): Buffer => der(0x02, octets)

export const bitString = (octets: Buffer, unusedBits = 0): Buffer =>
  der(0x03, Buffer.from([unusedBits]), octets)

export const octetString = (octets: Buffer): Buffer => der(0x04, octets)

export const utf8String = (text: string): Buffer => der(0x0c, Buffer.from(text))

/** Context-specific: constructed (`explicit`) or primitive. */
export const explicit = (number: number, ...contents: Buffer[]): Buffer => der(0xa0 | number, ...contents)

export const implicit = (number: number, octets: Buffer): Buffer => der(0x80 | number, octets)

/** A moment before 2050, as UTCTime (RFC 5280, section 4.1.2.5). */
export function utcTime(moment: Date): Buffer {
  const digits = moment.toISOString().replace(/[-:T]/g, '').slice(2, 14)
  return der(0x17, Buffer.from(`${digits}Z`))
}

export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const octets = [first * 40 + second]
  for (const arc of rest) {
    const groups = [arc & 0x7f]
    for (let left = arc >>> 7; left > 0; left >>>= 7) groups.unshift((left & 0x7f) | 0x80)
    octets.push(...groups)
  }
  return der(0x06, Buffer.from(octets))
}
