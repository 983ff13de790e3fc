import { expect, test } from 'vitest'
import { boundHtml } from './bound-html.ts'
import { htmlText } from './html-text.ts'

test.each([
  ['<p>Yes</p><p>No rush</p>', 'Yes\n\nNo rush'],
  ['<p class="MsoNormal">Yes<o:p></o:p></p><p class="MsoNormal">thanks</p>', 'Yes\nthanks'],
  ['<div>Yes</div><div><br></div><div>thanks</div>', 'Yes\n\nthanks'],
  ['<table><tr><td>[EXTERNAL]</td><td>Yes</td></tr></table>', '[EXTERNAL]\nYes'],
  ['<html><head><title>No</title><style>p{}</style></head><p>Yes</p>', 'Yes'],
  ['<script>No</script>Yes<!-- No -->', 'Yes'],
  ['<h1>Yes</h1>', 'Yes'],
  ['<a href="https://contoso.example/no">Yes</a>', 'Yes'],
  ['<img alt="👍🏽" src="cid:1">', '👍🏽'],
  ['<img alt="Yes" src="cid:1">', ''],
  ['Yes<blockquote>No<blockquote>No</blockquote></blockquote>', 'Yes\n\n> No\n> \n> No'],
  [
    '<div>Yes</div><div class="gmail_quote gmail_quote_container">On 1 A wrote:<br>No</div>',
    'Yes\n\n> On 1 A wrote:\n> No',
  ],
  ['<span style="color:#000">Yes</span>', 'Yes'],
  ['<span style="color:#fff;background-color:#000">Yes</span>', 'Yes'],
])('%j reads %j', (html, text) => {
  expect(htmlText(html)).toEqual({ visible: text, complete: text })
})

test.each([
  '<p style="display: none">No</p>',
  '<p style="DISPLAY:\n none !important">No</p>',
  '<p style="visibility:hidden">No</p>',
  '<p style="mso-hide:all">No</p>',
  '<p style="font-size:0px">No</p>',
  '<p style="opacity:0">No</p>',
  '<p style="color: white">No</p>',
  '<p style="margin:0;color:#FFF">No</p>',
  '<p style="color:rgb(255, 255, 255)">No</p>',
  '<p style="text-decoration: line-through">No</p>',
  '<p hidden>No</p>',
  '<s>No</s>',
  '<del>No</del>',
])('%s is not seen', (html) => {
  expect(htmlText(`<p>Yes</p>${html}`)).toEqual({
    visible: 'Yes',
    complete: expect.stringMatching(/^Yes\s+No$/),
  })
})

test('small and faint text is seen', () => {
  const html = '<p style="font-size:0.8em;opacity:0.9;color:#fffff0">Yes</p>'
  expect(htmlText(html)).toEqual({ visible: 'Yes', complete: 'Yes' })
})

test('ordinary HTML is read whole, hostile nesting is cut', () => {
  const ordinary = `<p>a<p>b<ul><li>c<li>d</ul>${'<p>paragraph<br>'.repeat(2_000)}`
  expect(boundHtml(ordinary)).toBe(ordinary)
  const nested = `Yes${'<div>'.repeat(5_000)}`
  expect(boundHtml(nested)).toBe(`Yes${'<div>'.repeat(512)}`)
  const unclosed = '<b></x>'.repeat(5_000)
  expect(boundHtml(unclosed)).toBe(`${'<b></x>'.repeat(512)}`)
})
