import { registeredApp } from './organisation.ts'

/** An access token of the simulator's app, for clients that are not ours. */
export async function fetchToken({ http, tenantId }: { http: string; tenantId: string }): Promise<string> {
  const { clientId, clientSecret } = registeredApp()
  const granted = await fetch(`${http}/${tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      scope: 'https://outlook.office365.com/.default',
    }),
  })
  const { access_token: token } = (await granted.json()) as { access_token: string }
  return token
}
