/** A browser as far as sign-in is concerned: keeps the cookie that it gets, and sends it along. */
import type { Answer, SampleApi } from './sample-api.ts'

export interface Browser {
  /** Changing calls carry the session's CSRF value, as our pages send it. */
  call(method: string, url: string, body?: unknown, headers?: object): Promise<Answer>
  /** `name=value` of the cookie; null without one. */
  cookie: string | null
  csrf: string
}

/** What a host name is without TLS on this machine, as a browser there sends it. */
export const HOST = '127.0.0.1:8025'

export function openBrowser(api: SampleApi, host = HOST): Browser {
  const browser: Browser = {
    cookie: null,
    csrf: '',
    async call(method, url, body, headers = {}) {
      const answer = await api.call(null, method, url, body, {
        host,
        'user-agent': 'Firefox/145.0',
        ...(browser.cookie === null ? {} : { cookie: browser.cookie }),
        ...(browser.csrf === '' ? {} : { 'x-countersign-csrf': browser.csrf }),
        ...headers,
      })
      const given = answer.headers['set-cookie']
      if (typeof given === 'string') {
        const pair = given.split(';')[0] ?? ''
        browser.cookie = pair.endsWith('=') ? null : pair
      }
      if (typeof answer.body?.csrf === 'string') browser.csrf = answer.body.csrf
      return answer
    },
  }
  return browser
}

export const password = 'correct horse battery'

/** Invites somebody as the command line does; returns the token of their link. */
export async function invite(api: SampleApi, address: string, more: object = {}): Promise<string> {
  const invited = await api.call(api.operatorToken, 'POST', '/api/people/invite', { address, ...more })
  return new URL(invited.body.url).hash.slice(1)
}

/** A browser in which this person has set their password and is signed in. */
export async function signedIn(api: SampleApi, address: string): Promise<Browser> {
  const browser = openBrowser(api)
  const token = await invite(api, address)
  await browser.call('POST', '/api/session/welcome', { token, password })
  return browser
}
