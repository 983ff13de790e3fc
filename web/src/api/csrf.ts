/**
 * What calls that change something have to send along, so that the server knows them for those of our own pages. Comes
 * with the session.
 */
let csrf: string | null = null

export function keepCsrf(value: string | null): void {
  csrf = value
}

/** Null while nobody is signed in. */
export function keptCsrf(): string | null {
  return csrf
}
