/** The only reader of the environment (docs/configuration.md lists the variables; a test keeps the two together). */
import { join, resolve } from 'node:path'
import { z } from 'zod'
import type { FieldProblem } from '../lib/app-error.ts'
import { isLoopback } from '../lib/is-loopback.ts'
import { OperatorError } from '../lib/operator-error.ts'
import type { ProxySettings } from '../lib/proxy-settings.ts'
import { type Locale, translator } from '../lib/translate.ts'

export interface Config {
  /** Null for the embedded database in `dataDirectory`. Holds a password: never logged. */
  databaseUrl: string | null
  /** Absolute. */
  dataDirectory: string
  /** Absolute; where large raw messages are files. Null keeps them in the database. */
  rawDirectory: string | null
  host: string
  /** 0 takes a free one. */
  port: number
  /** The key itself, base64; never logged. */
  key: string | null
  keyFile: string | null
  signingKeyFile: string | null
  logLevel: (typeof logLevels)[number]
  /** Who is told of mailboxes that are down; its parts may be secrets and are never logged. */
  outageWebhook: { url: string; secret: string | null } | null
  /** What Prometheus signs in with; null keeps the metrics to this machine. Never logged. */
  metricsToken: string | null
  /** Where we are reached from the Internet, without a slash at its end; null when we are not. */
  publicUrl: string | null
  /** Through which other servers are called; its URL may hold a password and is never logged. */
  proxy: ProxySettings | null
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

const proxyUrl = z
  .string()
  .trim()
  // As many write it: `proxy.contoso.example:3128`.
  .transform((url) => (url.includes('://') ? url : `http://${url}`))
  .refine(isProxyUrl)

const environmentSchema = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  COUNTERSIGN_DATA: z.string().default('data'),
  COUNTERSIGN_RAW_DIRECTORY: z.string().optional(),
  COUNTERSIGN_HOST: z.string().default('127.0.0.1'),
  COUNTERSIGN_PORT: z.coerce.number().int().min(0).max(65_535).default(8025),
  COUNTERSIGN_KEY: z.string().optional(),
  COUNTERSIGN_KEY_FILE: z.string().optional(),
  COUNTERSIGN_SIGNING_KEY_FILE: z.string().optional(),
  COUNTERSIGN_LOG_LEVEL: z.enum(logLevels).default('info'),
  COUNTERSIGN_OUTAGE_WEBHOOK_URL: z.string().refine(isPrivateUrl).optional(),
  // As Standard Webhooks writes it: 24 to 64 bytes.
  COUNTERSIGN_OUTAGE_WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_[\w+/-]{32,86}={0,2}$/)
    .optional(),
  COUNTERSIGN_METRICS_TOKEN: z
    .string()
    .regex(/^[\w.~+/=-]{16,200}$/)
    .optional(),
  COUNTERSIGN_PUBLIC_URL: z.string().max(1_000).refine(isPublicUrl).optional(),
  HTTPS_PROXY: proxyUrl.optional(),
  HTTP_PROXY: proxyUrl.optional(),
  NO_PROXY: z.string().default(''),
})

export const environmentVariables = Object.keys(environmentSchema.shape)

/**
 * The configuration from environment variables; empty ones count as absent. Throws `OperatorError` naming every wrong
 * variable and its mend; never the value, which may be a password.
 */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(
    Object.entries(withProxies(environment)).filter(([, value]) => value?.trim()),
  )
  const problems = unknownNames(given).map((name) => wrong(name, 'unknown'))
  const parsed = environmentSchema.safeParse(given)
  // One text a variable, however much is wrong with it.
  const refused = new Set(parsed.error?.issues.map((issue) => issue.path.join('.')))
  problems.push(...[...refused].map((name) => wrong(name, name === 'HTTP_PROXY' ? 'HTTPS_PROXY' : name)))
  if (given.COUNTERSIGN_KEY && given.COUNTERSIGN_KEY_FILE) {
    problems.push(wrong('COUNTERSIGN_KEY_FILE', 'second-key'))
  }
  if (given.COUNTERSIGN_OUTAGE_WEBHOOK_SECRET && !given.COUNTERSIGN_OUTAGE_WEBHOOK_URL) {
    problems.push(wrong('COUNTERSIGN_OUTAGE_WEBHOOK_SECRET', 'secret-without-url'))
  }
  if (!parsed.success || problems.length > 0) {
    throw new OperatorError('wrong-configuration', {}, { problems })
  }
  const variables = parsed.data
  const dataDirectory = resolve(variables.COUNTERSIGN_DATA)
  const rawDirectory = variables.COUNTERSIGN_RAW_DIRECTORY
  return {
    databaseUrl: variables.DATABASE_URL ?? null,
    dataDirectory,
    rawDirectory: rawDirectory
      ? resolve(rawDirectory)
      : besideEmbedded(variables.DATABASE_URL, dataDirectory),
    host: variables.COUNTERSIGN_HOST,
    port: variables.COUNTERSIGN_PORT,
    key: variables.COUNTERSIGN_KEY ?? null,
    keyFile: variables.COUNTERSIGN_KEY_FILE ?? null,
    signingKeyFile: variables.COUNTERSIGN_SIGNING_KEY_FILE ?? null,
    logLevel: variables.COUNTERSIGN_LOG_LEVEL,
    outageWebhook:
      variables.COUNTERSIGN_OUTAGE_WEBHOOK_URL === undefined
        ? null
        : {
            url: variables.COUNTERSIGN_OUTAGE_WEBHOOK_URL,
            secret: variables.COUNTERSIGN_OUTAGE_WEBHOOK_SECRET ?? null,
          },
    metricsToken: variables.COUNTERSIGN_METRICS_TOKEN ?? null,
    publicUrl: variables.COUNTERSIGN_PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    proxy: proxyOf(variables),
  }
}

const proxyVariables = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY']

/** Whoever sets a proxy writes its variables either way; where both are set, curl takes the small letters. */
function withProxies(environment: Record<string, string | undefined>): Record<string, string | undefined> {
  const chosen = proxyVariables.map((name) => [name, environment[name.toLowerCase()] || environment[name]])
  return { ...environment, ...Object.fromEntries(chosen) }
}

/** All that leaves this machine goes under TLS, so the one for plain HTTP is but a fallback. */
function proxyOf(variables: z.output<typeof environmentSchema>): ProxySettings | null {
  const url = variables.HTTPS_PROXY ?? variables.HTTP_PROXY
  return url === undefined ? null : { url, exceptions: variables.NO_PROXY }
}

/** Whether an HTTP proxy can be called by it; a user and a password may stand in it. */
function isProxyUrl(text: string): boolean {
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol)) return false
  return /^\/?$/.test(url.pathname + url.search + url.hash) && isPercentEncoded(url.username + url.password)
}

/** Whether each % begins a code: one that stands for itself would be found out in the middle of a call. */
function isPercentEncoded(text: string): boolean {
  try {
    decodeURIComponent(text)
    return true
  } catch {
    return false
  }
}

/** Several servers share a PostgreSQL database, but not by themselves a directory. */
function besideEmbedded(databaseUrl: string | undefined, dataDirectory: string): string | null {
  return databaseUrl === undefined ? join(dataDirectory, 'messages') : null
}

/** Whether nobody on the way reads what is sent there. A user in it would not be sent at all. */
function isPrivateUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, username, password } = new URL(text)
  if (username !== '' || password !== '') return false
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))
}

/** What paths are put behind: no query and no fragment; `href` would drop neither `?` nor `#` alone. */
function isPublicUrl(text: string): boolean {
  return isPrivateUrl(text) && !/[?#\s]/.test(text)
}

/** A misspelt name would otherwise be a setting that silently does nothing. */
function unknownNames(environment: object): string[] {
  return Object.keys(environment).filter(
    (name) => name.startsWith('COUNTERSIGN_') && !environmentVariables.includes(name),
  )
}

/** `text` is the variable itself where only one thing can be wrong with its value. */
function wrong(path: string, text = path): FieldProblem {
  const message = (locale: Locale) =>
    translator(locale)(`operator:variable.${text}`, { levels: logLevels.join(', ') })
  return { path, message: { en: message('en'), fr: message('fr') } }
}
