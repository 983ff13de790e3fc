import { MailError } from '../errors.ts'

/** Notifications of Graph need an address that Microsoft can reach; without one, polling is all there is. */
export function noPush(): MailError {
  return new MailError('Graph has no address of ours to send notifications to', {
    kind: 'invalid',
    retry: 'later',
    providerCode: 'no-push',
  })
}
