import type { Story } from './tell-story.ts'

/** Who looks at the pages, each with what the story has for them. */
export const viewers = {
  approver: 'elodie.gagnon@contoso.example',
  requester: 'nadia.belkacem@contoso.example',
  administrator: 'admin@contoso.example',
}
export type Viewer = keyof typeof viewers

/** A page to take pictures of: in English and in French, as a desktop shows it. */
export interface ShownPage {
  /** What its files are named after. */
  name: string
  path: string | ((story: Story) => string)
  /** Who is signed in; nobody, where it is left out. */
  as?: Viewer
  /** The simulator's webmail in place of the pages. */
  inWebmail?: true
  /** On a phone, too. */
  onPhone?: true
  /** In the dark theme, too. */
  inDark?: true
}

/** All pages of `docs/screenshots`; one line adds one. */
export const pages: ShownPage[] = [
  { name: 'sign-in', path: '/sign-in', onPhone: true },
  { name: 'approvals', path: '/actions', as: 'approver', onPhone: true, inDark: true },
  { name: 'approval', path: ({ open }) => `/actions/${open}`, as: 'approver', onPhone: true, inDark: true },
  { name: 'approval-questions', path: ({ several }) => `/actions/${several}`, as: 'approver', onPhone: true },
  { name: 'approval-decided', path: ({ decided }) => `/actions/${decided}`, as: 'approver', onPhone: true },
  { name: 'absence', path: '/absence', as: 'approver', onPhone: true },
  { name: 'settings', path: '/settings', as: 'approver' },
  { name: 'new-request', path: '/requests/new/hire', as: 'requester' },
  { name: 'requests', path: '/requests', as: 'requester' },
  { name: 'request', path: ({ request }) => `/requests/${request}`, as: 'requester' },
  { name: 'sessions', path: '/sessions', as: 'approver' },
  { name: 'mail-log', path: '/mail', as: 'administrator', inDark: true },
  { name: 'mail-decided', path: ({ reply }) => `/mail/${reply}`, as: 'administrator' },
  { name: 'mail-unclear', path: ({ unclear }) => `/mail/${unclear}`, as: 'administrator' },
  { name: 'mail-try', path: '/mail/try', as: 'administrator' },
  { name: 'mail-footers', path: '/mail/footers', as: 'administrator' },
  { name: 'mailboxes', path: '/configuration/remote-approval', as: 'administrator' },
  {
    name: 'remote-approval',
    path: '/configuration/remote-approval/approvals',
    as: 'administrator',
    inDark: true,
  },
  { name: 'dashboard', path: '/dashboard', as: 'administrator' },
  { name: 'audit', path: '/audit', as: 'administrator' },
  { name: 'audit-sign-ins', path: '/audit/sign-ins', as: 'administrator' },
  { name: 'processes', path: '/processes', as: 'administrator' },
  { name: 'process-flow', path: '/processes/purchase', as: 'administrator' },
  { name: 'process-keywords', path: '/processes/purchase?view=keywords', as: 'administrator' },
  { name: 'people', path: '/people', as: 'administrator' },
  { name: 'groups', path: '/people/groups', as: 'administrator' },
  { name: 'people-import', path: '/people/import', as: 'administrator' },
  { name: 'setup-guide', path: '/configuration/setup-guide', as: 'administrator' },
  { name: 'webmail', path: '/', inWebmail: true },
  { name: 'webmail-inbox', path: ({ mail }) => mail, inWebmail: true },
  { name: 'approval-mail', path: ({ mail }) => `${mail}/body`, inWebmail: true, onPhone: true },
]
