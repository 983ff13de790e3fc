/** 64 KiB: as much of a text as the reader looks at. */
const SMALL = 64 * 1024
/** As large as a message is taken from a mailbox. */
const LARGE = 40 * 1024 * 1024

/** Messages made to take long, by what is hostile in them: what quoting, HTML, MIME and header fields can repeat. */
export function* hostileMessages(): Generator<[string, Uint8Array]> {
  for (const [name, unit] of Object.entries(texts)) yield [`text: ${name}`, text(fill(unit, SMALL))]
  for (const [name, unit] of Object.entries(markups)) yield [`html: ${name}`, html(fill(unit, SMALL))]
  for (const [name, unit] of Object.entries(besideAuthor)) {
    yield [`author: ${name}`, text('Yes', `From: <a@b.example> ${fill(unit, SMALL)}\r\n`)]
  }
  for (const [name, fields] of Object.entries(headers)) yield [`header: ${name}`, text('Yes', fields())]
  yield ['text of 40 MB', text(fill('Yes and no, it depends on what is meant.\r\n', LARGE))]
  yield ['text of 40 MB in one line', text(fill('yes ', LARGE))]
  yield ['html of 40 MB', html(fill('<div><b>Yes</b> &amp; no</div>\r\n', LARGE))]
  yield ['html of 40 MB, nested', html(fill('<div>', LARGE))]
  yield [
    'attachment of 40 MB',
    multipart([part('application/pdf', 'base64', fill(`${'QUJD'.repeat(19)}\r\n`, LARGE))]),
  ]
  yield [
    'parts: 100,000 beside one another',
    multipart(Array.from({ length: 100_000 }, () => part('text/plain', '8bit', 'Yes'))),
  ]
  yield ['parts: 5,000 within one another', nested(5_000)]
  yield [
    'parts: messages within messages',
    Buffer.from(`${fill('Content-Type: message/rfc822\r\n\r\n', SMALL)}\r\nYes`),
  ]
  yield ['encoding: soft line breaks', message('text/plain', 'quoted-printable', fill('=\r\n', SMALL))]
}

const texts = {
  'quote marks': '>',
  'quote marks on lines': '> ',
  'nothing but line ends': '\r\n',
  spaces: ' ',
  'attribution that never ends': 'On Mon, Tue, ',
  'attribution lines': 'On Mon, 23 Nov 2026, X wrote\r\n',
  'header blocks': 'From: a\r\nSent: b\r\nTo: c\r\n',
  'half signature': '-- \r\n',
  rulers: '_'.repeat(40).concat(' '),
  'one word': 'a',
  keywords: 'yes no ',
  brackets: 'Q1: [[[[',
  'combining marks': 'é\u0301\u0302',
  addresses: 'a@b.example,<a@',
  'answers to questions': 'Q1: yes\r\n',
  emoji: '👍',
  'the beginning of a file': 'begin 644 x\r\n',
  'a file that is none': '`\r\n',
  'armour of OpenPGP': '-----BEGIN PGP SIGNED MESSAGE-----\r\n',
}

/** What a From may hold beside an address; who wrote is made out of all that any reader takes for one. */
const besideAuthor = {
  'one word': 'a',
  words: 'a ',
  'at signs': '@',
  quotes: '"',
  'escaped quotes': '"\\"',
  parentheses: '(',
  'escaped parentheses': '(\\(',
  'encoded words that never end': '=?utf-8?q?a',
  groups: 'a:',
  semicolons: 'a;',
}

const markups = {
  'nested elements': '<div>',
  'nested tables': '<table><tr><td>',
  'nested quotes': '<blockquote>',
  'comments that never end': '<!--',
  'attributes that never end': '<a href="',
  'conditional comments': '<!--[if mso]>',
  entities: '&amp;&#x26;',
  'line breaks': '<br>',
  'style sheets': '<style>a{',
}

const headers = {
  '100,000 fields': () => 'X-A: b\r\n'.repeat(100_000),
  'a field of 10 MB': () => `X-A: ${fill('b ', 10_000_000)}\r\n`,
  'folded 100,000 times': () => `X-A: ${'b\r\n '.repeat(100_000)}\r\n`,
  '100,000 addresses': () => `Cc: ${'a@b.example, '.repeat(100_000)}a@b.example\r\n`,
  'nested groups and comments': () => `Cc: ${'('.repeat(SMALL)}\r\n`,
  'encoded words': () => `Subject: ${'=?utf-8?q?a?= '.repeat(100_000)}\r\n`,
  'carriage returns': () => `X-A: ${'\r'.repeat(SMALL)}b\r\n`,
  'comments in a type': () => `Content-Type: text/plain; a=${'a()'.repeat(SMALL / 4)}\r\n`,
  references: () => `References: ${'<a@b.example> '.repeat(100_000)}\r\n`,
  'parameter continuations': () =>
    `Content-Type: text/plain${Array.from({ length: 50_000 }, (_, n) => `; x*${n}=a`).join('')}\r\n`,
}

function fill(unit: string, octets: number): string {
  return unit.repeat(Math.ceil(octets / unit.length)).slice(0, octets)
}

function text(body: string, fields = ''): Uint8Array {
  return message('text/plain', '8bit', body, fields)
}

function html(body: string): Uint8Array {
  return message('text/html', '8bit', body)
}

function message(type: string, encoding: string, body: string, fields = ''): Uint8Array {
  const first = 'From: a@b.example\r\nTo: c@d.example\r\nSubject: RE: Purchase\r\nMIME-Version: 1.0\r\n'
  return Buffer.from(`${first}${fields}${part(type, encoding, body)}`)
}

function part(type: string, encoding: string, body: string): string {
  return `Content-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${body}`
}

function multipart(parts: string[]): Uint8Array {
  const body = parts.map((one) => `--limit\r\n${one}\r\n`).join('')
  return Buffer.from(
    `From: a@b.example\r\nContent-Type: multipart/mixed; boundary=limit\r\n\r\n${body}--limit--\r\n`,
  )
}

function nested(depth: number): Uint8Array {
  const opening = Array.from(
    { length: depth },
    (_, level) => `Content-Type: multipart/mixed; boundary=l${level}\r\n\r\n--l${level}\r\n`,
  )
  return Buffer.from(`From: a@b.example\r\n${opening.join('')}\r\nYes`)
}
