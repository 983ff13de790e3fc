import fc from 'fast-check'
import { expect, test } from 'vitest'
import { child, children, readXml, textAt, XmlRefused } from './xml-element.ts'

test('matches local names, whatever the prefixes and namespaces', () => {
  const root = readXml(
    '<s:A xmlns:s="urn:1" xmlns="urn:2" s:Id="7"><B>one</B><s:B>two</s:B><C><![CDATA[<3>]]></C></s:A>',
  )
  expect(root.name).toBe('A')
  expect(root.attributes.Id).toBe('7')
  expect(children(root, 'B').map(({ text }) => text)).toEqual(['one', 'two'])
  expect(textAt(root, 'C')).toBe('<3>')
  expect(child(root, 'B', 'none')).toBeUndefined()
  expect(textAt(undefined, 'B')).toBe('')
})

test('one mail with characters that XML forbids does not make a page unreadable', () => {
  const page = readXml(
    '<p><Subject>a&#x1F;b&#0;c&#xD83D;d&#1114112;e\u0001f&#128077;</Subject><Subject>next</Subject></p>',
  )
  expect(children(page, 'Subject').map(({ text }) => text)).toEqual([
    'a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf👍',
    'next',
  ])
})

test('a mail in base64 is read as it is, with what stands before and behind it', () => {
  const mime = Buffer.from('Grüße, '.repeat(1_000)).toString('base64')
  const broken = `${mime.slice(0, 2_000)}\r\n${mime.slice(2_000)}`
  const items = readXml(
    `<items a=">${mime}"><t>1 &lt; 2</t><m>${mime}</m><m>${broken}</m><m> ${mime}</m><!-- >${mime} --><t>é</t></items>`,
  )
  expect(items.children.map(({ name, text }) => [name, text])).toEqual([
    ['t', '1 < 2'],
    ['m', mime],
    ['m', broken.replace('\r\n', '\n')],
    ['m', ` ${mime}`],
    ['t', 'é'],
  ])
  expect(items.attributes.a).toBe(`>${mime}`)
})

test('a mail in base64 is read however large it is', () => {
  const mime = 'x'.repeat(84 * 1024 * 1024)
  expect(readXml(`<items><m>${mime}</m></items>`).children[0]?.text.length).toBe(mime.length)
})

test.each([
  ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
  ['an empty document type', '<!DOCTYPE a><a/>'],
  ['an unknown entity', '<a>&boom;</a>'],
  ['an undeclared prefix', '<s:a/>'],
  ['a missing end', '<a><b></b>'],
  ['crossed tags', '<a><b></a></b>'],
  ['two roots', '<a/><b/>'],
  ['nothing', ''],
  ['a web page', '<html><br><p>Sign in</html>'],
  ['JSON', '{"error": 1}'],
])('refuses %s', (_, text) => {
  expect(() => readXml(text)).toThrow(XmlRefused)
})

test('refuses elements without end, in depth and in number', () => {
  expect(() => readXml(`${'<a>'.repeat(100)}${'</a>'.repeat(100)}`)).toThrow('deeper')
  expect(() => readXml(`<a>${'<b/>'.repeat(200_001)}</a>`)).toThrow('elements')
})

test('whatever comes, it is read or refused, and nothing else happens', () => {
  const piece = fc.constantFrom(
    '<a',
    '>',
    '</a>',
    '<a>',
    '<a/>',
    '&lt;',
    '&#x',
    ';',
    '<![CDATA[',
    ']]>',
    '<!--',
    '-->',
    '<?x',
    '?>',
    ' b="',
    '"',
    '\u0000',
    '\ud83d',
    'é',
    '<!DOCTYPE',
    'xmlns:a="',
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(piece).map((pieces) => pieces.join('')),
      ),
      (text) => {
        try {
          expect(readXml(text).name).not.toBe('')
        } catch (error) {
          expect(error).toBeInstanceOf(XmlRefused)
        }
      },
    ),
    { numRuns: 2_000 },
  )
})
