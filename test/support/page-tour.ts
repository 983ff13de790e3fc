/** A tour of all pages: each route of the router with something to see behind it, on an installation that has a past. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { apiOf } from '../../scripts/demo/api.ts'
import { letReadIn } from '../../scripts/screenshots/let-read-in.ts'
import { type Viewer, viewers } from '../../scripts/screenshots/pages.ts'
import { settle } from '../../scripts/screenshots/take-picture.ts'
import { tellStory } from '../../scripts/screenshots/tell-story.ts'
import { password } from './browser-session.ts'
import { administrator, elodie, nadia, thomas } from './contoso.ts'
import { examples } from './sample-api.ts'
import { type PagesUnderTest, startPages } from './start-pages.ts'

/** Where a route is looked at, and by whom. */
export interface Stop {
  /** Who is signed in; nobody, when it is null. */
  as: Viewer | null
  /** Addresses of the route that show it in different ways; none of one that only leads on. */
  paths: string[]
}

export interface Tour extends AsyncDisposable {
  pages: PagesUnderTest
  /** By the route as the router names it; stops of one viewer stand together. */
  stops: Record<string, Stop>
  /** Signs the viewer in in place of whoever is. The next page that is loaded is theirs. */
  signIn(page: Page, viewer: Viewer | null): Promise<void>
}

const processViews = ['', '?view=definition', '?view=keywords', '?view=mail', '?view=versions']
/** With a table, and with commands; the others are alike. */
const guideSteps = [2, 7]

/** The product after a few days' work, told and read in French, and all there is to look at. */
export async function startTour(): Promise<Tour> {
  const pages = await startPages()
  const { server, desk, contoso } = pages
  const api = apiOf(server, 'fr')
  const definition = await readFile(join(examples, 'processes', 'investment.yaml'), 'utf8')
  await desk.api.post('/api/processes/import', { definition, mailbox: 'approvals' })
  await letReadIn(api, 'fr')
  await pages.welcome(administrator, 'administrator')
  for (const person of [nadia, elodie]) await pages.welcome(person)
  const story = await tellStory(api, contoso, 'fr')
  const invited = await desk.api.post<{ url: string }>('/api/people/invite', { address: thomas.address })
  const idIn = async (list: string) => (await desk.api.get<{ items: { id: string }[] }>(list)).items[0]?.id
  const person = await idIn('/api/people?search=gagnon')
  const group = await idIn('/api/groups')

  const of = (as: Viewer | null, ...paths: string[]): Stop => ({ as, paths })
  const stops: Record<string, Stop> = {
    '/sign-in': of(null, '/sign-in'),
    '/sign-in/welcome': of(null, `/sign-in/welcome${new URL(invited.url).hash}`),
    '/': of('approver'),
    '/actions': of('approver', '/actions', '/actions?list=closed'),
    '/actions/$id': of(
      'approver',
      ...[story.open, story.several, story.decided].map((id) => `/actions/${id}`),
    ),
    '/absence': of('approver', '/absence'),
    '/settings': of('approver', '/settings'),
    '/sessions': of('approver', '/sessions'),
    '/requests': of('requester', '/requests'),
    '/requests/$id': of('requester', `/requests/${story.request}`),
    '/requests/new': of('requester', '/requests/new'),
    '/requests/new/$process': of('requester', '/requests/new/hire'),
    '/dashboard': of('administrator', '/dashboard'),
    '/mail': of('administrator', '/mail'),
    '/mail/$id': of('administrator', `/mail/${story.reply}`, `/mail/${story.unclear}`),
    '/mail/try': of('administrator', '/mail/try'),
    '/mail/footers': of('administrator', '/mail/footers'),
    '/audit': of('administrator', '/audit'),
    '/audit/entries/$id': of('administrator', `/audit/entries/${story.request}-1`),
    '/audit/sign-ins': of('administrator', '/audit/sign-ins'),
    '/people': of('administrator', '/people'),
    '/people/$id': of('administrator', `/people/${person}`),
    '/people/new': of('administrator', '/people/new'),
    '/people/import': of('administrator', '/people/import'),
    '/people/groups': of('administrator', '/people/groups'),
    '/people/groups/$id': of('administrator', `/people/groups/${group}`),
    '/processes': of('administrator', '/processes'),
    '/processes/$name': of('administrator', ...processViews.map((view) => `/processes/purchase${view}`)),
    '/processes/+new': of('administrator', '/processes/+new'),
    '/processes/$name/versions/$version': of('administrator', '/processes/purchase/versions/1'),
    '/configuration/remote-approval': of('administrator', '/configuration/remote-approval'),
    '/configuration/remote-approval/$mailbox': of(
      'administrator',
      '/configuration/remote-approval/approvals',
    ),
    '/configuration/remote-approval/+new': of('administrator', '/configuration/remote-approval/+new'),
    '/configuration/setup-guide': of(
      'administrator',
      ...guideSteps.map((step) => `/configuration/setup-guide?step=${step}`),
    ),
  }
  return { pages, stops, signIn, [Symbol.asyncDispose]: () => pages[Symbol.asyncDispose]() }
}

async function signIn(page: Page, viewer: Viewer | null): Promise<void> {
  await page.context().clearCookies()
  if (viewer === null) return
  const data = { address: viewers[viewer], password }
  const answer = await page.context().request.post('/api/session', { data })
  expect(answer.status()).toBe(201)
}

/** The routes that the router of an open page knows. */
export const routesOf = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>('Object.keys(__TSR_ROUTER__.routesByPath)')

/** Goes to another page as a link does, without loading the document anew, and waits until it has all that it shows. */
export async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate(`__TSR_ROUTER__.history.push(${JSON.stringify(path)})`)
  await expect.poll(() => page.evaluate(arrived)).toBe(true)
  await settle(page)
}

const arrived = `(({ state, history }) =>
  state.status === 'idle' && state.resolvedLocation.href === history.location.href)(__TSR_ROUTER__)`
