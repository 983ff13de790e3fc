import { listMailboxes } from '../../world.ts'
import { EwsError } from '../ews-error.ts'
import type { Operation } from '../operation.ts'
import { writeEmailAddress } from '../write-address.ts'
import { element } from '../write-xml.ts'
import { childText } from '../xml-element.ts'

const RESOLUTION_LIMIT = 100

/** Directory look-up by the start of a name or address: https://learn.microsoft.com/exchange/client-developer/web-service-reference/resolvenames-operation */
export const resolveNames: Operation = {
  errorTail: '',
  run: (request, caller) => {
    const entry = (childText(request, 'm:UnresolvedEntry') ?? '').replace(/^smtp:/i, '').toLowerCase()
    const found = listMailboxes(caller.world)
      .filter(({ tenant }) => tenant === caller.tenant)
      .filter(({ address, aliases, displayName }) =>
        [address, ...aliases, displayName.toLowerCase(), ...displayName.toLowerCase().split(' ')].some(
          (name) => name.startsWith(entry),
        ),
      )
    if (found.length === 0) return [{ error: new EwsError('ErrorNameResolutionNoResults') }]
    const shown = found.slice(0, RESOLUTION_LIMIT)
    const resolutions = shown.map(({ address, displayName }) =>
      element(
        't:Resolution',
        {},
        writeEmailAddress({ name: displayName, address, routingType: 'SMTP', mailboxType: 'Mailbox' }),
      ),
    )
    const attributes = {
      TotalItemsInView: String(shown.length),
      IncludesLastItemInRange: String(shown.length === found.length),
    }
    const content = element('m:ResolutionSet', attributes, resolutions.join(''))
    return [
      found.length === 1
        ? { content }
        : { content, warning: new EwsError('ErrorNameResolutionMultipleResults') },
    ]
  },
}
