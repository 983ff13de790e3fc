/**
 * The cookie that a browser is signed in with (RFC 6265bis). Under TLS its name begins with `__Host-`, so that neither a
 * neighbouring domain nor a page without TLS can plant one of theirs; on this machine without TLS it cannot.
 */
import { createHash } from 'node:crypto'

const PLAIN = 'countersign'
const UNDER_TLS = '__Host-countersign'

/** What a `Cookie` header holds of ours; null when there is none, or several that contradict each other. */
export function sessionTokenOf(header: string | undefined, { plain }: { plain: boolean }): string | null {
  const name = plain ? PLAIN : UNDER_TLS
  const values = (header ?? '').split(';').flatMap((pair) => {
    const [key, value] = pair.trim().split('=')
    return key === name && value !== undefined ? [value] : []
  })
  const [token, ...others] = new Set(values)
  return token !== undefined && others.length === 0 && /^[\w-]{43}$/.test(token) ? token : null
}

/** The `Set-Cookie` header that gives a browser its session; with null it takes it away. */
export function sessionCookie(
  token: string | null,
  { plain, maxAgeSeconds }: { plain: boolean; maxAgeSeconds: number },
): string {
  return [
    `${plain ? PLAIN : UNDER_TLS}=${token ?? ''}`,
    'Path=/',
    `Max-Age=${token === null ? 0 : maxAgeSeconds}`,
    'HttpOnly',
    'SameSite=Lax',
    ...(plain ? [] : ['Secure']),
  ].join('; ')
}

/**
 * What calls that change something have to send along with the cookie, in `X-Countersign-CSRF`. Whoever cannot read the
 * cookie, as no other site can, cannot know it.
 */
export function csrfTokenOf(sessionToken: string): string {
  return createHash('sha256').update(`csrf ${sessionToken}`).digest('base64url')
}
