import { MailError } from '../errors.ts'

/** Graph cannot be listened to: it calls us (`subscriptions.ts`), where there is an address that it can reach. */
export function noPush(): MailError {
  return new MailError('Graph tells of new mail by its own calls alone', {
    kind: 'invalid',
    retry: 'later',
    providerCode: 'no-push',
  })
}
