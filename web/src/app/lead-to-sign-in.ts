const SIGN_IN = '/sign-in'

/** Leads to the sign-in page, and from there back to the page that is open now. */
export function leadToSignIn(): void {
  const { pathname, search, hash } = window.location
  if (pathname.startsWith(SIGN_IN)) return
  window.location.replace(`${SIGN_IN}?to=${encodeURIComponent(pathname + search + hash)}`)
}

/** Where to go after signing in: a page of ours and nothing else, whatever stands in the address. */
export function wayBack(to: string | undefined): string {
  const url = URL.parse(to ?? '/', window.location.origin)
  if (url === null || url.origin !== window.location.origin || url.pathname.startsWith(SIGN_IN)) return '/'
  return url.pathname + url.search + url.hash
}
