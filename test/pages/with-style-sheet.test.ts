import { expect, test } from 'vitest'
import { withStyleSheet } from '../../web/src/pages/processes/mail/with-style-sheet.ts'

const mail =
  '<html><head><style type="text/css">p{color:red}</style></head><body>' +
  '<p style="margin:0;font-family:&quot;A&quot;">One</p><p style="margin:0;font-family:&quot;A&quot;">' +
  'style=&quot;color:blue&quot;</p><td\nstyle="padding:8px">$& $1</td></body></html>'

test('style attributes become rules that bear the nonce, each once', () => {
  const framed = withStyleSheet(mail, 'abc')
  expect(framed).not.toMatch(/\sstyle="/)
  expect(framed.match(/<style nonce="abc"/g)).toHaveLength(2)
  const rule = (name: string) => `${`[data-style="${name}"]`.repeat(3)}`
  expect(framed).toContain(
    `${rule('s0')}{margin:0;font-family:"A"}\n${rule('s1')}{padding:8px}</style></head>`,
  )
  expect(framed).toContain('<p data-style="s0">One</p>')
  expect(framed).toContain('style=&quot;color:blue&quot;</p><td data-style="s1">$& $1</td>')
})
