import type { Mailbox } from '../../mail/mailbox.ts'
import { listMailboxes } from '../../world.ts'
import { EwsError } from '../ews-error.ts'
import type { Operation } from '../operation.ts'
import { writeEmailAddress } from '../write-address.ts'
import { element, escapeXml, textElement } from '../write-xml.ts'
import { childText, isTrue } from '../xml-element.ts'

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
    const wantsContact = isTrue(request.attributes.ReturnFullContactData)
    const resolutions = shown.map((mailbox) =>
      element('t:Resolution', {}, writeEntry(mailbox) + (wantsContact ? writeContact(mailbox) : '')),
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

function writeEntry({ address, displayName }: Mailbox): string {
  return writeEmailAddress({ name: displayName, address, routingType: 'SMTP', mailboxType: 'Mailbox' })
}

/** What the directory knows of an entry besides. */
function writeContact({ address, displayName }: Mailbox): string {
  const entry = element('t:Entry', { Key: 'EmailAddress1' }, escapeXml(`SMTP:${address}`))
  return element(
    't:Contact',
    {},
    textElement('t:DisplayName', displayName) +
      element('t:EmailAddresses', {}, entry) +
      textElement('t:ContactSource', 'ActiveDirectory'),
  )
}
