import fc from 'fast-check'
import { expect, test } from 'vitest'
import { xml } from './xml.ts'
import { readXml } from './xml-element.ts'

test('text of any kind comes back from content and attribute as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const { attributes, children } = readXml(
        xml`<t:a xmlns:t="urn:t" Id="${text}"><t:b>${text}</t:b></t:a>`.xml,
      )
      // What XML cannot hold at all is replaced, on both sides alike.
      const possible = text.replace(/[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
      expect(attributes.Id).toBe(possible)
      expect(children[0]?.text ?? '').toBe(possible)
    }),
  )
})

test('a value cannot become markup', () => {
  expect(xml`<a b="${'"/><evil>'}"/>`.xml).toBe('<a b="&quot;/&gt;&lt;evil&gt;"/>')
})

test('pieces go in as they are, one or many', () => {
  const items = ['1', '2'].map((id) => xml`<i>${id}</i>`)
  expect(xml`<l>${items}${xml`<end/>`}${3}</l>`.xml).toBe('<l><i>1</i><i>2</i><end/>3</l>')
})

test('a control character and a lone surrogate are replaced', () => {
  expect(xml`<a>${'x\u0000y\ud800z'}</a>`.xml).toBe('<a>x\ufffdy\ufffdz</a>')
})
