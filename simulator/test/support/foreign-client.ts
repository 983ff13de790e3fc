import { createRequire } from 'node:module'
import type { ExchangeService } from 'ews-javascript-api'
import type { Simulator } from '../../src/index.ts'
import { accessToken, control } from './ews-client.ts'

// The package asks `util` for a function that Node took out in version 23.
const util = createRequire(import.meta.url)('node:util')
util.isNullOrUndefined = (value: unknown) => value === undefined || value === null

const ews = await import('ews-javascript-api')

/** A port of Microsoft's EWS Managed API that nobody here wrote. It escapes no text: `escaped` does it for it. */
export { ews }

export const mailbox = 'approvals@contoso.example'

/** The ways into a mailbox that the tests go. */
export const entrances = {
  'an app by its token, impersonating': async (simulator: Simulator) => {
    const service = serviceAt(simulator, new ews.OAuthCredentials(await accessToken(simulator)))
    service.ImpersonatedUserId = new ews.ImpersonatedUserId(ews.ConnectingIdType.SmtpAddress, mailbox)
    return service
  },
  'its user by HTTP Basic': async (simulator: Simulator) => {
    await control(simulator, 'POST', `/mailboxes/${mailbox}`, { password: 'Ünlocked: 1' })
    return serviceAt(simulator, new ews.WebCredentials(mailbox, 'Ünlocked: 1'))
  },
  'its user by a delegated token': async (simulator: Simulator) => {
    const path = `/mailboxes/${mailbox}/token`
    const { access_token } = await control<{ access_token: string }>(simulator, 'POST', path)
    return serviceAt(simulator, new ews.OAuthCredentials(access_token))
  },
} satisfies Record<string, (simulator: Simulator) => Promise<ExchangeService>>

function serviceAt(simulator: Simulator, credentials: ExchangeService['Credentials']): ExchangeService {
  const service = new ews.ExchangeService(ews.ExchangeVersion.Exchange2016)
  service.Url = new ews.Uri(`${simulator.http}/EWS/Exchange.asmx`)
  service.Credentials = credentials
  return service
}

/** Text as it has to stand in the XML that the client writes. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
