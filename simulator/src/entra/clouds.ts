/** A Microsoft cloud: the resources that its Entra knows, as the start of a scope such as `https://outlook.office365.com/.default`. */
interface Cloud {
  /** Exchange: EWS, IMAP and SMTP take tokens for any of them. */
  exchange: readonly string[]
  graph: string
}

/** https://learn.microsoft.com/graph/deployments and the Exchange hosts of each national cloud. */
const clouds = {
  global: {
    exchange: ['https://outlook.office365.com', 'https://outlook.office.com'],
    graph: 'https://graph.microsoft.com',
  },
  'gcc-high': { exchange: ['https://outlook.office365.us'], graph: 'https://graph.microsoft.us' },
  dod: {
    exchange: ['https://outlook-dod.office365.us', 'https://webmail.apps.mil'],
    graph: 'https://dod-graph.microsoft.us',
  },
  china: { exchange: ['https://partner.outlook.cn'], graph: 'https://microsoftgraph.chinacloudapi.cn' },
} as const satisfies Record<string, Cloud>

export type CloudName = keyof typeof clouds

export const cloudNames = Object.keys(clouds) as CloudName[]

/** The resource that Exchange of this cloud goes by. */
export function exchangeOf(cloud: CloudName): string {
  return clouds[cloud].exchange[0]
}

/** Whether a resource is Exchange in this cloud. */
export function isExchangeIn(cloud: CloudName, resource: string): boolean {
  return (clouds[cloud].exchange as readonly string[]).includes(resource)
}

/** Whether a resource is Microsoft Graph in this cloud, under its own name or that of the simulator, whose host it has here. */
export function isGraphIn(cloud: CloudName, resource: string): boolean {
  return resource === clouds[cloud].graph || /^https:\/\/(localhost|127\.0\.0\.1)(:\d+)?$/.test(resource)
}
