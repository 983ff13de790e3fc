import type { Answer } from '../http/answer.ts'
import { html } from './markup.ts'
import { page } from './page.ts'
import { paths } from './paths.ts'
import type { Visit } from './visit.ts'

/** A page that says what went wrong and where to go on. */
export function problemPage(visit: Visit, status: number, title: string, text: string): Answer {
  return page(visit, {
    status,
    title,
    main: html`<main id="main" class="start"><h1>${title}</h1><p>${text}</p>
<p class="actions"><a class="button" href="${paths.start}">${visit.words.toStart}</a></p></main>`,
  })
}

/** Nothing lives at this address. */
export function notFoundPage(visit: Visit): Answer {
  return problemPage(visit, 404, visit.words.notFoundTitle, visit.words.notFound)
}
