import { createHash, createHmac, randomUUID, timingSafeEqual } from 'node:crypto'
import type { App, Tenant } from '../tenant.ts'
import { type CloudName, exchangeOf, isExchangeIn, isGraphIn } from './clouds.ts'

/** The application permissions that belong to Exchange and to Graph. */
const exchangePermissions = ['full_access_as_app', 'IMAP.AccessAsApp', 'POP.AccessAsApp', 'SMTP.SendAsApp']
export const graphPermissions = ['Mail.Read', 'Mail.ReadBasic.All', 'Mail.ReadWrite', 'Mail.Send']

function permissionsOf(cloud: CloudName, resource: string): string[] {
  if (isExchangeIn(cloud, resource)) return exchangePermissions
  return isGraphIn(cloud, resource) ? graphPermissions : []
}

/** Whether this cloud has such a resource; those of another cloud are unknown to it. */
export function isKnownResource(cloud: CloudName, resource: string): boolean {
  return permissionsOf(cloud, resource).length > 0
}

/** Claims of an access token in the v1.0 format that Exchange and Graph get. Times in seconds. */
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

/** A delegated token: an app acts for a user, with the permissions that the user gave it. */
interface UserClaims extends Claims {
  upn: string
  /** Separated by blanks. */
  scp: string
}

export function isUserToken(claims: Claims): claims is UserClaims {
  return 'scp' in claims
}

/** Makes an app-only token: a JWT signed with the simulator's own key, which a client has to treat as opaque. */
export function issueToken(
  key: Buffer,
  tenant: Tenant,
  app: App,
  request: { resource: string; now: number; isByCertificate: boolean },
): string {
  const { resource, now, isByCertificate } = request
  const roles = app.roles.filter((role) => permissionsOf(tenant.cloud, resource).includes(role))
  const servicePrincipal = guidOf(`${tenant.id} ${app.id}`)
  const claims: Claims & Record<string, unknown> = {
    ...commonClaims(tenant, app, resource, now),
    appidacr: isByCertificate ? '2' : '1',
    idtyp: 'app',
    oid: servicePrincipal,
    sub: servicePrincipal,
    ...(roles.length > 0 ? { roles } : {}),
  }
  return writeToken(key, claims)
}

/** Makes a delegated token for EWS, as the sign-in page of a user would bring about. */
export function issueUserToken(key: Buffer, tenant: Tenant, app: App, upn: string, now: number): string {
  const user = userIdOf(tenant, upn)
  const claims: UserClaims & Record<string, unknown> = {
    ...commonClaims(tenant, app, exchangeOf(tenant.cloud), now),
    appidacr: '0',
    idtyp: 'user',
    oid: user,
    sub: user,
    upn,
    unique_name: upn,
    scp: 'EWS.AccessAsUser.All',
  }
  return writeToken(key, claims)
}

function commonClaims(
  tenant: Tenant,
  app: App,
  resource: string,
  now: number,
): Claims & Record<string, unknown> {
  const issuedAt = Math.floor(now / 1000)
  return {
    aud: resource,
    iss: `https://sts.windows.net/${tenant.id}/`,
    iat: issuedAt,
    nbf: issuedAt,
    exp: issuedAt + tenant.tokenLifetimeSeconds,
    appid: app.id,
    tid: tenant.id,
    uti: randomUUID(),
    ver: '1.0',
  }
}

function writeToken(key: Buffer, claims: Claims): string {
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

/** The object id of a user in the directory. */
export function userIdOf(tenant: Tenant, address: string): string {
  return guidOf(`${tenant.id} ${address}`)
}

/** A GUID that stays the same for the same text. */
function guidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5')
}
