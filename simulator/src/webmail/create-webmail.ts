import type { IncomingMessage, ServerResponse } from 'node:http'
import type { WebmailBackend } from './backend.ts'
import { type Answer, seeOther, writeAnswer } from './http/answer.ts'
import { matchPath } from './http/match-path.ts'
import { streamChanges } from './http/stream-changes.ts'
import { paths } from './pages/paths.ts'
import { notFoundPage } from './pages/problem-page.ts'
import { startPage } from './pages/start-page.ts'
import type { Visit } from './pages/visit.ts'
import { asset } from './routes/asset.ts'
import { sendReply, writeReply } from './routes/reply-to-message.ts'
import type { Route } from './routes/route.ts'
import { openMailbox, showFolder } from './routes/show-folder.ts'
import { downloadAttachment, showBody, showMessage, showSource } from './routes/show-message.ts'
import { sendMessage, writeMessage } from './routes/write-message.ts'
import { catalogues, chooseLanguage, languageCookie } from './words/choose-language.ts'

const message = '/webmail/:address/messages/:id'

const routes: readonly Route[] = [
  { method: 'GET', pattern: '/', answer: startPage },
  { method: 'GET', pattern: '/webmail', answer: () => seeOther(paths.start) },
  { method: 'GET', pattern: '/webmail/assets/:name', answer: asset },
  { method: 'GET', pattern: '/webmail/:address', answer: openMailbox },
  { method: 'GET', pattern: '/webmail/:address/folders/:folder', answer: showFolder },
  { method: 'GET', pattern: '/webmail/:address/compose', answer: writeMessage },
  { method: 'POST', pattern: '/webmail/:address/compose', answer: sendMessage },
  { method: 'GET', pattern: message, answer: showMessage },
  { method: 'GET', pattern: `${message}/body`, answer: showBody },
  { method: 'GET', pattern: `${message}/source`, answer: showSource },
  { method: 'GET', pattern: `${message}/attachments/:index`, answer: downloadAttachment },
  { method: 'GET', pattern: `${message}/reply`, answer: writeReply },
  { method: 'POST', pattern: `${message}/reply`, answer: sendReply },
]

/**
 * Builds the webmail over a mail store. The handler answers `/` and `/webmail/**` and resolves to true; any other
 * path it leaves alone and resolves to false. `now` dates the messages people write.
 */
export function createWebmail(
  backend: WebmailBackend,
  now: () => Date = () => new Date(),
): (request: IncomingMessage, response: ServerResponse) => Promise<boolean> {
  return async (request, response) => {
    const { path, query } = splitTarget(request.url ?? '/')
    if (path !== '/' && path !== '/webmail' && !path.startsWith('/webmail/')) return false
    if (path === paths.changes) {
      streamChanges(backend, request, response)
      return true
    }
    const language = chooseLanguage(request)
    const visit: Visit = { backend, language, words: catalogues[language], path, query }
    writeAnswer(response, switchLanguage(visit) ?? (await answerVisit(visit, request, now)))
    return true
  }
}

function answerVisit(visit: Visit, request: IncomingMessage, now: () => Date): Answer | Promise<Answer> {
  const method = request.method === 'HEAD' ? 'GET' : request.method
  for (const route of routes) {
    const params = route.method === method ? matchPath(route.pattern, visit.path) : null
    if (params !== null) return route.answer({ ...visit, request, params, now })
  }
  return notFoundPage(visit)
}

/** `?language=fr` on any page remembers the choice and shows the same page again. */
function switchLanguage({ path, query }: Visit): Answer | null {
  const cookie = languageCookie(query.get('language') ?? '')
  if (cookie === null) return null
  const kept = new URLSearchParams(query)
  kept.delete('language')
  return seeOther(kept.size === 0 ? path : `${path}?${kept}`, { 'Set-Cookie': cookie })
}

function splitTarget(target: string): { path: string; query: URLSearchParams } {
  const mark = target.indexOf('?')
  return mark < 0
    ? { path: target, query: new URLSearchParams() }
    : { path: target.slice(0, mark), query: new URLSearchParams(target.slice(mark)) }
}
