import { createHash, createHmac, randomUUID, timingSafeEqual } from 'node:crypto'
import type { App, Tenant } from '../tenant.ts'

/** The resources that tokens are given out for, each with the application permissions that belong to it. */
const permissions: Record<string, string[]> = {
  'https://outlook.office365.com': [
    'full_access_as_app',
    'IMAP.AccessAsApp',
    'POP.AccessAsApp',
    'SMTP.SendAsApp',
  ],
  'https://outlook.office.com': [
    'full_access_as_app',
    'IMAP.AccessAsApp',
    'POP.AccessAsApp',
    'SMTP.SendAsApp',
  ],
  'https://graph.microsoft.com': ['Mail.Read', 'Mail.ReadBasic.All', 'Mail.ReadWrite', 'Mail.Send'],
}

export function isKnownResource(resource: string): boolean {
  return resource in permissions
}

/** Claims of an app-only access token in the v1.0 format that Exchange and Graph get. Times in seconds. */
export interface Claims {
  aud: string
  appid: string
  tid: string
  /** Left out when no permission of this resource has consent: the token is issued all the same. */
  roles?: string[]
  iat: number
  nbf: number
  exp: number
}

/** Makes a token: a JWT signed with the simulator's own key, which a client has to treat as opaque. */
export function issueToken(key: Buffer, tenant: Tenant, app: App, resource: string, now: number): string {
  const issuedAt = Math.floor(now / 1000)
  const roles = app.roles.filter((role) => permissions[resource]?.includes(role))
  const servicePrincipal = guidOf(`${tenant.id} ${app.id}`)
  const claims: Claims & Record<string, unknown> = {
    aud: resource,
    iss: `https://sts.windows.net/${tenant.id}/`,
    iat: issuedAt,
    nbf: issuedAt,
    exp: issuedAt + tenant.tokenLifetimeSeconds,
    appid: app.id,
    appidacr: '1',
    idtyp: 'app',
    oid: servicePrincipal,
    ...(roles.length > 0 ? { roles } : {}),
    sub: servicePrincipal,
    tid: tenant.id,
    uti: randomUUID(),
    ver: '1.0',
  }
  const signed = `${encode({ typ: 'JWT', alg: 'HS256' })}.${encode(claims)}`
  return `${signed}.${sign(key, signed)}`
}

/** The claims of a token of ours, or `null` when it is no token or the signature is not ours. */
export function readToken(key: Buffer, token: string): Claims | null {
  const end = token.lastIndexOf('.')
  const signature = Buffer.from(token.slice(end + 1))
  const expected = Buffer.from(sign(key, token.slice(0, Math.max(end, 0))))
  if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) return null
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Claims
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}

function sign(key: Buffer, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64url')
}

/** A GUID that stays the same for the same text. */
function guidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5')
}
