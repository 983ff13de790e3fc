import fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NONCE, type PageFile } from './load-pages.ts'
import { servePages } from './serve-pages.ts'

const script = {
  contentType: 'text/javascript; charset=utf-8',
  body: Buffer.from('1'),
  gzipped: Buffer.from('gz'),
}

describe('the pages', () => {
  const server = fastify()
  servePages(server, {
    index: `<script nonce="${NONCE}"></script><meta nonce="${NONCE}">`,
    files: new Map<string, PageFile>([
      ['/assets/main-1.js', script],
      ['/color-scheme.js', { ...script, gzipped: null }],
    ]),
  })
  beforeAll(() => server.ready())
  afterAll(() => server.close())

  const get = (url: string, headers = {}) => server.inject({ url, headers })

  test('begin with the same document wherever their own router leads', async () => {
    for (const url of ['/', '/actions/7?from=mail', '/configuration/remote-approval', '/apis']) {
      const answer = await get(url)
      expect(answer.statusCode, url).toBe(200)
      expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
    }
  })

  test('let in nothing but what we serve, by a nonce that is new each time', async () => {
    const [one, other] = [await get('/'), await get('/')]
    const policy = String(one.headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'; script-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1]
    expect(one.body).toBe(`<script nonce="${nonce}"></script><meta nonce="${nonce}">`)
    expect(other.body).not.toBe(one.body)
  })

  test('have files that are kept for ever where their names change with them, and asked for again otherwise', async () => {
    const hashed = await get('/assets/main-1.js', { 'accept-encoding': 'br, gzip' })
    expect(hashed.headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-encoding': 'gzip',
      'content-type': 'text/javascript; charset=utf-8',
    })
    expect(hashed.body).toBe('gz')
    const plain = await get('/assets/main-1.js')
    expect([plain.body, plain.headers['content-encoding']]).toEqual(['1', undefined])
    expect((await get('/color-scheme.js')).headers['cache-control']).toBe('no-cache')
  })

  test.each(['/api/nothing', '/api', '/push/other', '/health/other', '/metrics/x', '/assets/gone.js'])(
    'are not under %s',
    async (url) => {
      const { statusCode, headers } = await get(url)
      expect([statusCode, headers['content-type']]).not.toEqual([200, 'text/html; charset=utf-8'])
    },
  )
})
