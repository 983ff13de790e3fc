/** Microsoft's clouds and the hosts that each is reached by (Microsoft Learn, "National cloud deployments"). */
export const clouds = {
  /** Microsoft 365 worldwide, and the US government's GCC. */
  worldwide: {
    login: ['login.microsoftonline.com', 'login.windows.net'],
    graph: ['graph.microsoft.com'],
    exchange: ['outlook.office365.com', 'outlook.office.com'],
    smtp: ['smtp.office365.com'],
  },
  /** GCC High. */
  'us-gov-l4': {
    login: ['login.microsoftonline.us'],
    graph: ['graph.microsoft.us'],
    exchange: ['outlook.office365.us'],
    smtp: ['smtp.office365.us'],
  },
  /** The Department of Defense. */
  'us-gov-l5': {
    login: ['login.microsoftonline.us'],
    graph: ['dod-graph.microsoft.us'],
    exchange: ['outlook-dod.office365.us', 'webmail.apps.mil'],
    smtp: ['smtp-dod.office365.us'],
  },
  /** Operated by 21Vianet. */
  china: {
    login: ['login.partner.microsoftonline.cn', 'login.chinacloudapi.cn'],
    graph: ['microsoftgraph.chinacloudapi.cn'],
    exchange: ['partner.outlook.cn'],
    smtp: ['smtp.partner.outlook.cn'],
  },
} as const satisfies Record<string, CloudHosts>

export type Cloud = keyof typeof clouds

/** Names for one and the same service; the first is the one to use. */
type Names = readonly [string, ...string[]]

interface CloudHosts {
  /** Where Entra ID gives access tokens. */
  login: Names
  graph: Names
  /** Exchange Web Services and IMAP. */
  exchange: Names
  smtp: Names
}

export const cloudNames = Object.keys(clouds) as [Cloud, ...Cloud[]]

/** The clouds that a host belongs to; none for a host that is not Microsoft's. A port may follow. */
export function cloudsOf(host: string): Cloud[] {
  const name = host.toLowerCase().replace(/:\d+$/, '')
  return cloudNames.filter((cloud) =>
    Object.values<Names>(clouds[cloud]).some((names) => names.includes(name)),
  )
}

/** The other names of the Exchange Online behind this host. */
export function namesOfExchange(host: string): Names | null {
  const all: Names[] = cloudNames.map((cloud) => clouds[cloud].exchange)
  return all.find((names) => names.includes(host.toLowerCase())) ?? null
}
