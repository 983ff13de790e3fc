import type { OutgoingHttpHeaders } from 'node:http'

/** An answer that stops a request before its body counts. */
export interface HttpRefusal {
  status: number
  headers: OutgoingHttpHeaders
}

/** What x-ms-diagnostics says of a token. */
export type Diagnostics = [id: number, reason: string, category: string]

const BEARER =
  'Bearer client_id="00000002-0000-0ff1-ce00-000000000000", trusted_issuers="00000001-0000-0000-c000-000000000000@*", ' +
  'token_types="app_asserted_user_v1 service_asserted_app_v1", authorization_uri="https://login.windows.net/common/oauth2/authorize"'

/** The 401 of Exchange Online; without diagnostics no credentials have come. */
export function unauthorised(diagnostics?: Diagnostics): HttpRefusal {
  const [id, reason, category] = diagnostics ?? []
  return {
    status: 401,
    headers: {
      'WWW-Authenticate': [diagnostics ? `${BEARER}, error="invalid_token"` : BEARER, 'Basic Realm=""'],
      ...(diagnostics ? { 'x-ms-diagnostics': `${id};reason="${reason}";error_category="${category}"` } : {}),
      'X-BackEndHttpStatus': '401',
    },
  }
}

/** The 401 of an Exchange Server that takes passwords alone, neither NTLM nor Negotiate. */
export function askForPassword(host: string): HttpRefusal {
  return { status: 401, headers: { 'WWW-Authenticate': `Basic realm="${host}"` } }
}

/** The 403 of Exchange Online with one of the two reasons that Microsoft knows. */
export function refuseByPolicy(reason: string): HttpRefusal {
  return { status: 403, headers: { 'X-EWS-Policy-Reason': reason } }
}
