import { z } from 'zod'
import { cloudNames } from '../../../lib/clouds.ts'
import { tokenEndpointOf } from '../../../mailboxes/cloud-presets.ts'
import { addressesOfApplication } from '../../../mailboxes/doctor/addresses-of-application.ts'
import { setupValues } from '../../../mailboxes/setup-guide.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { chooseLocale } from '../../choose-locale.ts'
import { address } from '../../common-schemas.ts'
import { problemResponse } from '../../problem-details.ts'
import { mailboxRight } from '../mailboxes/mailbox-by-name.ts'

const setupGuide = z
  .object({
    host: z.string(),
    scope: z.string(),
    permissions: z
      .object({ api: z.string(), names: z.array(z.string()) })
      .describe('Application permissions, and the API of Microsoft’s that has them'),
    adminConsentUrl: z
      .url()
      .nullable()
      .describe(
        'Where an administrator of the tenant consents; null while it or the application is not known',
      ),
    commands: z
      .string()
      .describe(
        'For Exchange Online PowerShell: they limit the application to its mailboxes, or over IMAP give it to them. What is not known stands in angle brackets',
      ),
  })
  .meta({ id: 'SetupGuide' })

/** What the setup guide has to be filled in or pasted in Microsoft Entra and in Exchange. */
export function setupGuideRoute(server: ApiServer, { context }: ApiParts): void {
  server.get(
    '/api/setup-guide',
    {
      config: { right: mailboxRight },
      schema: {
        tags: ['mailboxes'],
        operationId: 'getSetupGuide',
        summary: 'Permissions, values and commands for setting up a mailbox in Microsoft 365',
        description:
          'As far as what is known allows. The mailboxes of this installation that the same application opens in the same tenant are among those that it is limited to.',
        querystring: z.strictObject({
          type: z.enum(['exchange-online-graph', 'exchange-online-ews', 'imap-smtp']),
          cloud: z.enum(cloudNames).default('worldwide'),
          clientId: z.string().trim().min(1).max(200).optional(),
          tenant: z
            .string()
            .trim()
            .regex(/^[\w.-]+$/)
            .max(253)
            .optional()
            .describe('Directory (tenant) ID or a verified domain'),
          tokenEndpoint: z.string().trim().min(1).max(1_000).optional().describe('In place of `tenant`'),
          address: address.optional(),
          objectId: z
            .string()
            .trim()
            .min(1)
            .max(100)
            .optional()
            .describe('Object ID of the enterprise application'),
          probe: address.optional().describe('Address of a mailbox that must stay shut'),
        }),
        response: { 200: setupGuide, default: problemResponse },
      },
    },
    async ({ query, headers }) => {
      const { type, cloud, clientId = null, tenant, address: own, objectId = null, probe = null } = query
      const tokenEndpoint =
        query.tokenEndpoint ?? (tenant === undefined ? null : tokenEndpointOf(tenant, cloud))
      const others =
        clientId === null || tokenEndpoint === null
          ? []
          : await addressesOfApplication(context.db, { clientId, tokenEndpoint })
      const addresses = [...new Set([...(own === undefined ? [] : [own]), ...others])]
      const setUp = { type, cloud, clientId, tokenEndpoint, addresses, objectId, probe }
      return setupValues(setUp, chooseLocale(headers['accept-language']))
    },
  )
}
