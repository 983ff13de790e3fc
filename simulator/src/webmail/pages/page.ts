import type { Answer } from '../http/answer.ts'
import { html, type Markup } from './markup.ts'
import { paths } from './paths.ts'
import type { Visit } from './visit.ts'

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** A whole page around `main`: title, style, the bar with `switcher` and the language switch. */
export function page(
  visit: Visit,
  {
    title,
    switcher = null,
    main,
    status = 200,
  }: { title: string; switcher?: Markup | null; main: Markup; status?: number },
): Answer {
  const { language, words } = visit
  const { markup } = html`<!doctype html>
<html lang="${language}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>${title} · ${words.product}</title>
  <link rel="icon" href="${paths.asset('icon.svg')}" type="image/svg+xml">
  <link rel="stylesheet" href="${paths.asset('webmail.css')}">
  <script src="${paths.asset('webmail.js')}" defer></script>
</head>
<body>
  <a class="skip" href="#main">${words.skip}</a>
  <header class="bar">
    <a class="product" href="${paths.start}">${words.product} <span class="tag">${words.simulator}</span></a>
    ${switcher}
    ${languageSwitch(visit)}
  </header>
  ${main}
</body>
</html>
`
  return {
    status,
    headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy },
    body: markup,
  }
}

function languageSwitch({ words, path, query }: Visit): Markup {
  const { code, name } = words.otherLanguage
  const target = new URLSearchParams(query)
  target.set('language', code)
  return html`<a class="language" href="${path}?${target.toString()}" lang="${code}" hreflang="${code}">${name}</a>`
}
