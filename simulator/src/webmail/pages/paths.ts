/** Addresses of the pages, in one place so that links and routes cannot drift apart by an escape. */
export const paths = {
  start: '/',
  /** Server-sent events. No mailbox address is without an @, so this cannot hide one. */
  changes: '/webmail/changes',
  asset: (name: string) => `/webmail/assets/${name}`,
  mailbox: (address: string) => `/webmail/${encodeURIComponent(address)}`,
  folder: (address: string, folder: string) =>
    `${paths.mailbox(address)}/folders/${encodeURIComponent(folder)}`,
  message: (address: string, id: string) => `${paths.mailbox(address)}/messages/${encodeURIComponent(id)}`,
  compose: (address: string, mailto?: string) =>
    `${paths.mailbox(address)}/compose${mailto === undefined ? '' : `?mailto=${encodeURIComponent(mailto)}`}`,
}
