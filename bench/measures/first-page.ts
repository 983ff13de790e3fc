import { buildWeb } from '../../scripts/build-web.ts'
import { launchChromium } from '../../simulator/test/support/launch-chromium.ts'
import type { Measure } from '../bench.ts'
import { printTable } from '../print-table.ts'
import { type Cookies, type Look, lookCold, type Slowness } from '../scene/look-cold.ts'
import { approver, makeRequests, setUpCompany } from '../scene/organisation.ts'
import { median } from '../scene/percentile.ts'
import { startServe } from '../scene/server-process.ts'

const TIMES = 3
const REQUESTS = 20
const password = 'correct horse battery'

/** A phone of the middle class on a train, as browsers' tools for developers have it. */
const onATrain: Slowness = { latencyMs: 150, bytesPerSecond: 200_000, processor: 4 }

/** A press on a button of the form that lacks something, again and again until the page says so. */
const answers = (button: string) => `(() => {
  for (const one of document.querySelectorAll('main button')) if (one.textContent === '${button}') one.click()
  return document.querySelector('main [aria-invalid="true"]') !== null
})()`

interface Shown {
  path: string
  isUsable: string
  isSignedIn: boolean
}

/**
 * A browser that has never been here comes to sign in, to its approvals, and to one of them: when it first sees something,
 * when the page does what it is asked, and how much JavaScript has come by then. On this machine, and on a train.
 */
export const measureFirstPage: Measure = async (bench) => {
  await buildWeb()
  const server = await startServe(bench.newDirectory())
  try {
    await setUpCompany(server.api, bench.simulator)
    await makeRequests(server.api, REQUESTS)
    const { cookies, action } = await signIn(server)
    const pages: Record<string, Shown> = {
      signIn: { path: '/sign-in', isUsable: answers('Sign in'), isSignedIn: false },
      approvals: {
        path: '/actions',
        isUsable: `document.querySelector('main li a[href^="/actions/"]') !== null`,
        isSignedIn: true,
      },
      approval: { path: `/actions/${action}`, isUsable: answers('Refuse'), isSignedIn: true },
    }
    const figures: Record<string, object> = {}
    for (const [name, { path, isUsable, isSignedIn }] of Object.entries(pages)) {
      const options = { isUsable, cookies: isSignedIn ? cookies : [] }
      const here = await looks(() => lookCold(server.url + path, { ...options, slowness: null }))
      const away = await looks(() => lookCold(server.url + path, { ...options, slowness: onATrain }))
      if (bench.profile) printTimeline(name, here[0])
      figures[name] = {
        scriptKb: (here[0]?.scriptBytes ?? 0) / 1024,
        scripts: here[0]?.scripts,
        here: timesOf(here),
        onATrain: timesOf(away),
      }
    }
    return { firstPage: figures }
  } finally {
    await server.stop()
  }
}

async function looks(look: () => Promise<Look>): Promise<Look[]> {
  const seen: Look[] = []
  for (let time = 0; time < TIMES; time += 1) seen.push(await look())
  return seen
}

function timesOf(seen: Look[]): object {
  const of = (key: 'firstPaint' | 'largestPaint' | 'usable') => median(seen.map((look) => look[key]))
  return {
    firstPaintMs: of('firstPaint'),
    largestPaintMs: of('largestPaint'),
    usableMs: of('usable'),
  }
}

/** The approver's account, the cookies of their browser, and what waits for them. */
async function signIn({ api, url }: Awaited<ReturnType<typeof startServe>>): Promise<{
  cookies: Cookies
  action: string
}> {
  const invited = await api<{ url: string }>('POST', '/api/people/invite', { address: approver.address })
  const data = { token: new URL(invited.url).hash.slice(1), password }
  await using browser = await launchChromium({ baseURL: url })
  const answer = await browser.context.request.post('/api/session/welcome', { data })
  if (!answer.ok()) throw new Error(`nobody can sign in: ${await answer.text()}`)
  const list = await browser.context.request.get('/api/actions?limit=1')
  const { items } = (await list.json()) as { items: { id: string }[] }
  if (!items[0]) throw new Error('nothing waits for the approver')
  return { cookies: await browser.context.cookies(), action: items[0].id }
}

function printTimeline(name: string, look: Look | undefined): void {
  const rows = (look?.timeline ?? []).map(({ name: file, from, to, bytes }): [string, ...number[]] => [
    file,
    Math.round(from),
    Math.round(to),
    bytes,
  ])
  printTable(`First page: ${name}`, [['file', 'from ms', 'to ms', 'bytes'], ...rows])
}
