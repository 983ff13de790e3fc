import { MailError } from '../mail/errors.ts'
import { repeatableValue } from './repeatable-value.ts'

export interface SplitScope {
  /** One clean scope, such as `https://outlook.office365.com/.default`. */
  scope: string
  note: 'grant-type-removed' | null
}

/**
 * Takes the scope as an administrator typed it. WorkflowGen's guide has `&grant_type=client_credentials` glued to it,
 * because that product puts the setting into the request body as it stands; the tail is taken off, and nothing else is
 * accepted in it. Throws `MailError` (`invalid`) for any other tail and for a value that is not one scope ending in
 * `/.default`, the only form of client credentials (AADSTS1002012).
 */
export function splitScope(value: string): SplitScope {
  const typed = value.trim()
  const cut = typed.indexOf('&')
  const scope = cut < 0 ? typed : typed.slice(0, cut)
  const tail = cut < 0 ? [] : [...new URLSearchParams(typed.slice(cut + 1))]
  for (const [name, content] of tail) {
    if (name !== 'grant_type' || content !== 'client_credentials')
      throw refused('scope.unexpected-parameter', name)
  }
  if (/\s/.test(scope) || !scope.endsWith('/.default')) throw refused('scope.not-default', scope)
  return { scope, note: tail.length > 0 ? 'grant-type-removed' : null }
}

function refused(messageKey: string, value: string): MailError {
  return new MailError(`The scope cannot be used: ${messageKey}`, {
    kind: 'invalid',
    retry: 'pause-mailbox',
    providerCode: messageKey,
    messageKey,
    messageValues: { value: repeatableValue(value) },
  })
}
