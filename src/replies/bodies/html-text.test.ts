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

test.each([
  ['<style>.a{display:none}</style><p class="b A">No</p>', 'a class'],
  ['<style>/* } */ #x, .b { color: #fff } </style><p id="x">No</p>', 'an id in a list'],
  ['<style><!-- table p.a { visibility:hidden } --></style><p class="a">No</p>', 'a selector of several'],
  ['<style>@media screen { .a { display:none } }</style><p class="a">No</p>', 'any screen'],
  ['<p style="position:absolute;left:-9999px">No</p>', 'off the screen'],
  ['<p style="text-indent:-9999px">No</p>', 'indented away'],
  ['<p style="clip:rect(0 0 0 0)">No</p>', 'clipped'],
  ['<p style="clip-path:inset(50%)">No</p>', 'clipped by a path'],
  ['<p style="transform:scale(0)">No</p>', 'scaled to nothing'],
  ['<p style="max-height:0;overflow:hidden">No</p>', 'a box without height'],
  ['<p style="font-size:1px">No</p>', 'a dot'],
  ['<div style="font-size:0"><b>No</b></div>', 'the size around it'],
  ['<font color="#FEFEFE">No</font>', 'nearly white'],
  ['<p style="color:rgba(0,0,0,0)">No</p>', 'clear'],
  ['<table bgcolor="black"><tr><td style="color:#000">No</td></tr></table>', 'black on black'],
  ['<template>No</template>', 'a template'],
  ['<details><summary></summary>No</details>', 'folded'],
])('%s is not seen: %s', (html) => {
  expect(htmlText(`<p>Yes</p>${html}`)).toEqual({
    visible: 'Yes',
    complete: expect.stringMatching(/^Yes\s+No$/),
  })
})

test.each([
  ['<p style="font-size:0.8em;opacity:0.9;color:#fffff0">Yes</p>', 'small and faint'],
  ['<style>@media print { p { display:none } }</style><p>Yes</p>', 'not on paper'],
  ['<style>@media (max-width:600px) { p { display:none } }</style><p>Yes</p>', 'not on a small screen'],
  ['<style>p:empty{display:none}.b{display:none}</style><p class="a">Yes</p>', 'another element'],
  ['<div style="font-size:0"><b style="font-size:12px">Yes</b></div>', 'a size of its own'],
  ['<div style="background:#1b1b1b"><p style="color:white">Yes</p></div>', 'white on a dark ground'],
  ['<p style="max-height:0">Yes</p>', 'a box that shows what does not fit'],
  ['<p style="left:0;clip:auto;margin-left:-12px">Yes</p>', 'near its place'],
  ['<details open>Yes</details>', 'unfolded'],
])('%s is seen: %s', (html) => {
  expect(htmlText(html)).toEqual({ visible: 'Yes', complete: 'Yes' })
})

test('the alternative text of a hidden emoji is not seen', () => {
  expect(htmlText('No<img alt="👍" style="display:none">')).toEqual({ visible: 'No', complete: 'No👍' })
})

test('ordinary HTML is read whole, hostile nesting is cut', () => {
  const ordinary = `<p>a<p>b<ul><li>c<li>d</ul>${'<p>paragraph<br>'.repeat(2_000)}`
  expect(boundHtml(ordinary)).toBe(ordinary)
  const nested = `Yes${'<div>'.repeat(5_000)}`
  expect(boundHtml(nested)).toBe(`Yes${'<div>'.repeat(512)}`)
  const unclosed = '<b></x>'.repeat(5_000)
  expect(boundHtml(unclosed)).toBe(`${'<b></x>'.repeat(512)}`)
})
