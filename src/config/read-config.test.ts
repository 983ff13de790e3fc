import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { OperatorError } from '../lib/operator-error.ts'
import { environmentVariables, readConfig } from './read-config.ts'

describe('readConfig', () => {
  test('an empty environment gives the embedded database on loopback', () => {
    expect(readConfig({ DATABASE_URL: '', PATH: '/usr/bin' })).toEqual({
      databaseUrl: null,
      dataDirectory: resolve('data'),
      rawDirectory: resolve('data/messages'),
      host: '127.0.0.1',
      port: 8025,
      key: null,
      keyFile: null,
      signingKeyFile: null,
      logLevel: 'info',
      outageWebhook: null,
      metricsToken: null,
      publicUrl: null,
      proxy: null,
    })
  })

  const everythingRight = {
    DATABASE_URL: 'postgres://approvals:secret@db.contoso.example/approvals?sslmode=verify-full',
    COUNTERSIGN_DATA: '/var/lib/countersign',
    COUNTERSIGN_RAW_DIRECTORY: '/srv/messages',
    COUNTERSIGN_HOST: '::',
    COUNTERSIGN_PORT: '80',
    COUNTERSIGN_KEY_FILE: '/run/secrets/key',
    COUNTERSIGN_SIGNING_KEY_FILE: '/run/secrets/signing.pem',
    COUNTERSIGN_LOG_LEVEL: 'debug',
    COUNTERSIGN_OUTAGE_WEBHOOK_URL: 'https://alerts.contoso.example/hook?key=1',
    COUNTERSIGN_METRICS_TOKEN: 'for-prometheus-alone',
    COUNTERSIGN_OUTAGE_WEBHOOK_SECRET: `whsec_${'A'.repeat(43)}=`,
    COUNTERSIGN_PUBLIC_URL: 'https://approvals.contoso.example/countersign/',
    HTTPS_PROXY: 'http://svc:secret@proxy.contoso.example:3128',
    NO_PROXY: 'localhost,.contoso.example',
  }

  test('everything can be set', () => {
    const config = readConfig(everythingRight)
    expect(config).toMatchObject({
      databaseUrl: 'postgres://approvals:secret@db.contoso.example/approvals?sslmode=verify-full',
      port: 80,
      rawDirectory: '/srv/messages',
      logLevel: 'debug',
      outageWebhook: {
        url: 'https://alerts.contoso.example/hook?key=1',
        secret: everythingRight.COUNTERSIGN_OUTAGE_WEBHOOK_SECRET,
      },
      metricsToken: 'for-prometheus-alone',
      publicUrl: 'https://approvals.contoso.example/countersign',
      proxy: { url: everythingRight.HTTPS_PROXY, exceptions: everythingRight.NO_PROXY },
    })
    const { DATABASE_URL } = everythingRight
    expect(readConfig({ DATABASE_URL })).toMatchObject({ rawDirectory: null })
  })

  const everythingWrong = {
    HTTPS_PROXY: 'socks5://svc:hunter2@proxy.contoso.example:1080',
    DATABASE_URL: 'mysql://root:hunter2@localhost/x',
    COUNTERSIGN_PORT: '-1.5',
    COUNTERSIGN_LOG_LEVEL: 'loud',
    COUNTERSIGN_OUTAGE_WEBHOOK_URL: 'http://alerts.contoso.example/',
    COUNTERSIGN_OUTAGE_WEBHOOK_SECRET: 'hunter2',
    COUNTERSIGN_METRICS_TOKEN: 'hunter2',
    COUNTERSIGN_PUBLIC_URL: 'http://hunter2.example',
    COUNTERSIGN_KEY: 'a',
    COUNTERSIGN_KEY_FILE: 'b',
    COUNTERSIGN_PROT: '1',
  }

  test('every wrong variable is named once, and no value', () => {
    const { message, problems } = refusal(everythingWrong)
    const { COUNTERSIGN_KEY, ...wrong } = everythingWrong
    expect(problems.map(({ path }) => path).sort()).toEqual(Object.keys(wrong).sort())
    for (const name of Object.keys(wrong)) expect(message).toContain(`- ${name} `)
    expect(message).not.toContain('hunter2')
  })

  test.each(['en', 'fr'] as const)('every text about a variable is used (%s)', (locale) => {
    const secretAlone = {
      COUNTERSIGN_OUTAGE_WEBHOOK_SECRET: everythingRight.COUNTERSIGN_OUTAGE_WEBHOOK_SECRET,
    }
    const told = [everythingWrong, secretAlone].flatMap((environment) =>
      refusal(environment).problems.map(({ message }) => message[locale]),
    )
    const catalogue = join(import.meta.dirname, '..', 'lib', 'locales', locale, 'operator.json')
    const texts: string[] = Object.values(JSON.parse(readFileSync(catalogue, 'utf8')).variable)
    const levels = 'trace, debug, info, warn, error, fatal, silent'
    expect(told.sort()).toEqual(texts.map((text) => text.replace('{{levels}}', levels)).sort())
  })

  test.each(['-1', '65536', '1.5', '0x', ' '])('port %j', (port) => {
    if (port.trim() === '') expect(readConfig({ COUNTERSIGN_PORT: port }).port).toBe(8025)
    else
      expect(refusal({ COUNTERSIGN_PORT: port }).message).toContain('COUNTERSIGN_PORT must be a port number')
  })

  test.each(['https://a.example', 'http://127.0.0.1:9/x', 'http://localhost/'])('webhook %s', (url) => {
    expect(readConfig({ COUNTERSIGN_OUTAGE_WEBHOOK_URL: url }).outageWebhook).toEqual({ url, secret: null })
  })

  test.each([
    'ftp://a.example/',
    'a.example',
    'http://127.0.0.1.a.example/',
    'https://user:hunter2@a.example/',
    'https://user@a.example/',
  ])('no webhook %s', (url) => {
    expect(refusal({ COUNTERSIGN_OUTAGE_WEBHOOK_URL: url }).message).toContain('begins with https://')
  })

  test.each([
    ['https://approvals.contoso.example', 'https://approvals.contoso.example'],
    ['https://approvals.contoso.example:8443//', 'https://approvals.contoso.example:8443'],
    ['http://127.0.0.1:8025/', 'http://127.0.0.1:8025'],
  ])('public URL %s', (given, publicUrl) => {
    expect(readConfig({ COUNTERSIGN_PUBLIC_URL: given }).publicUrl).toBe(publicUrl)
  })

  test.each([
    'http://approvals.contoso.example/',
    'https://user:hunter2@approvals.contoso.example/',
    'https://approvals.contoso.example/?',
    'https://approvals.contoso.example/?a=b',
    'https://approvals.contoso.example/#',
    'https://approvals.contoso.example/a b',
    'approvals.contoso.example',
    `https://approvals.contoso.example/${'a'.repeat(1_000)}`,
  ])('no public URL %s', (url) => {
    expect(refusal({ COUNTERSIGN_PUBLIC_URL: url }).message).toContain('COUNTERSIGN_PUBLIC_URL must be')
  })

  test('two sources of the key are refused', () => {
    expect(refusal({ COUNTERSIGN_KEY: 'a', COUNTERSIGN_KEY_FILE: 'b' }).message).toContain('keep one of them')
  })

  test('a proxy is named in large or small letters, with or without a scheme', () => {
    const url = 'http://proxy.contoso.example:3128'
    for (const environment of [
      { HTTPS_PROXY: url },
      { https_proxy: url },
      { HTTP_PROXY: url },
      { http_proxy: 'proxy.contoso.example:3128' },
      {
        https_proxy: url,
        HTTPS_PROXY: 'http://other.contoso.example',
        HTTP_PROXY: 'http://other.contoso.example',
      },
      { HTTPS_PROXY: url, https_proxy: '' },
    ]) {
      expect(readConfig(environment).proxy).toEqual({ url, exceptions: '' })
    }
    expect(readConfig({ HTTPS_PROXY: url, no_proxy: '*' }).proxy).toEqual({ url, exceptions: '*' })
    expect(readConfig({ NO_PROXY: '*' }).proxy).toBeNull()
    expect(() => readConfig({ HTTP_PROXY: `${url}/proxy.pac` })).toThrow()
    expect(() => readConfig({ HTTPS_PROXY: 'http://svc:50%off@proxy.contoso.example' })).toThrow()
  })

  test('docs/configuration.md lists exactly the variables that there are', () => {
    const documented = readFileSync('docs/configuration.md', 'utf8').matchAll(/^\| `([A-Z_]+)` +\|/gm)
    expect([...documented].map(([, name]) => name)).toEqual(environmentVariables)
  })
})

function refusal(environment: Record<string, string>): OperatorError {
  try {
    readConfig(environment)
  } catch (error) {
    if (error instanceof OperatorError) return error
    throw error
  }
  throw new Error('was accepted')
}
