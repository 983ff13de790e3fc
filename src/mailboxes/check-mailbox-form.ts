/** What an administrator gave, checked and put in order. The secret is taken out before anything is stored. */
import { AppError, type FieldProblem } from '../lib/app-error.ts'
import { type Cloud, cloudsOf } from '../lib/clouds.ts'
import type { MailboxSettings, OAuthSettings } from '../lib/mailbox-settings.ts'
import { MailError } from '../mail/errors.ts'
import { checkTokenEndpoint } from '../oauth/check-token-endpoint.ts'
import { splitScope } from '../oauth/split-scope.ts'
import { mixesClouds, presetsOf, tokenEndpointOf } from './cloud-presets.ts'
import { describeMailError } from './describe-mail-error.ts'
import { readAuthorities } from './read-authorities.ts'
import { refusedSetting } from './refused-setting.ts'
import type { CertificateForm, MailboxForm } from './settings.ts'

export interface CheckedForm {
  settings: MailboxSettings
  /** Null on a change that keeps the stored one, as without a new certificate. */
  secret: string | null
  /** Not read yet, so that the settings tell nothing of it. */
  certificate: CertificateForm | null
  enabled: boolean
  startFrom: Date | null
  /** What was put right silently or is odd, to be told: keys below `errors:note`. */
  notes: string[]
}

/** Checks the form. Throws `invalid-settings` with a problem per field. */
export function checkMailboxForm(form: MailboxForm): CheckedForm {
  const { enabled, startFrom } = form.remoteApproval
  const { settings, secret, notes } = checkMailbox(form)
  return {
    settings,
    secret,
    certificate: form.oauth?.certificate ?? null,
    enabled,
    startFrom: startFrom === null ? null : new Date(startFrom),
    notes: mixesClouds(settings) ? [...notes, 'other-cloud'] : notes,
  }
}

type Checked = Pick<CheckedForm, 'settings' | 'secret' | 'notes'>

function checkMailbox({ mailbox, oauth, remoteApproval }: MailboxForm): Checked {
  const { enabled: _, startFrom: __, ...rest } = remoteApproval
  const common = { ...rest, extraCa: mailbox.extraCa === null ? null : checkAuthorities(mailbox.extraCa) }
  switch (mailbox.type) {
    case 'exchange-online-graph':
    case 'exchange-online-ews':
      return checkExchangeOnline({ ...mailbox, ...common }, oauth)
    case 'exchange-server-ews':
      return checkExchangeServer({ ...mailbox, ...common }, oauth)
    case 'imap-smtp':
      return checkImapSmtp({ ...mailbox, ...common }, oauth)
  }
}

function checkAuthorities(pem: string): string {
  const authorities = readAuthorities(pem)
  if (authorities === null) throw refusedSetting('mailbox.extraCa', 'no-certificates')
  return authorities
}

type Mailbox = MailboxForm['mailbox']
type OAuth = MailboxForm['oauth']
/** What was entered for a mailbox of this type. */
type Entered<Type extends Mailbox['type']> = Extract<Mailbox, { type: Type }> &
  Omit<MailboxForm['remoteApproval'], 'enabled' | 'startFrom'>

function checkExchangeOnline(
  entered: Entered<'exchange-online-graph' | 'exchange-online-ews'>,
  oauth: OAuth,
): Checked {
  if (!oauth) throw refusedSetting('oauth', 'oauth-missing')
  const cloud = entered.cloud ?? cloudsOf(entered.host ?? '')[0] ?? 'worldwide'
  const { graph, exchange } = presetsOf(cloud)
  const preset = entered.type === 'exchange-online-graph' ? graph : exchange
  const app = checkOAuth(oauth, cloud, preset.scope)
  return { ...app, settings: { ...entered, cloud, host: entered.host ?? preset.host, ...app.settings } }
}

function checkExchangeServer(entered: Entered<'exchange-server-ews'>, oauth: OAuth): Checked {
  if (oauth) throw refusedSetting('oauth', 'oauth-not-here')
  const { password, signInName, ...rest } = entered
  return {
    settings: { ...rest, signInName: signInName ?? rest.user },
    secret: password ?? null,
    notes: [],
  }
}

function checkImapSmtp(entered: Entered<'imap-smtp'>, oauth: OAuth): Checked {
  const { password, signInName, ...rest } = entered
  if (oauth && password !== undefined) throw refusedSetting('mailbox.password', 'password-beside-oauth')
  const cloud = rest.cloud ?? cloudsOf(rest.imap?.host ?? '')[0] ?? null
  const presets = presetsOf(cloud ?? 'worldwide')
  const imap = rest.imap ?? (cloud && presets.imap)
  const smtp = rest.smtp ?? (cloud && presets.smtp)
  if (imap === null) throw refusedSetting('mailbox.imap', 'server-missing')
  if (smtp === null) throw refusedSetting('mailbox.smtp', 'server-missing')
  const app = oauth ? checkOAuth(oauth, cloud ?? 'worldwide', presets.exchange.scope) : null
  return {
    settings: {
      ...rest,
      cloud,
      imap,
      smtp,
      signInName: signInName ?? rest.user,
      saveSent: rest.saveSent ?? cloud === null,
      oauth: app?.settings ?? null,
    },
    secret: app ? app.secret : (password ?? null),
    notes: app?.notes ?? [],
  }
}

interface CheckedOAuth {
  settings: OAuthSettings
  secret: string | null
  notes: string[]
}

function checkOAuth(form: NonNullable<OAuth>, cloud: Cloud, defaultScope: string): CheckedOAuth {
  const { clientSecret, certificate, tenant, tokenEndpoint: uri, ...rest } = form
  if (clientSecret !== undefined && certificate) {
    throw refusedSetting('oauth.certificate', 'certificate-beside-secret')
  }
  if (uri === undefined && tenant === undefined) throw refusedSetting('oauth.tenant', 'tenant-missing')
  if (uri !== undefined && tenant !== undefined) {
    throw refusedSetting('oauth.tenant', 'tenant-beside-token-endpoint')
  }
  const problems: FieldProblem[] = []
  const scope = attempt('oauth.scope', problems, () => splitScope(form.scope ?? defaultScope))
  const tokenEndpoint = attempt(tenant === undefined ? 'oauth.tokenEndpoint' : 'oauth.tenant', problems, () =>
    checkTokenEndpoint(uri ?? tokenEndpointOf(tenant ?? '', cloud)),
  )
  if (scope === null || tokenEndpoint === null) throw new AppError('invalid-settings', {}, { problems })
  return {
    settings: { ...rest, certificate: null, scope: scope.scope, tokenEndpoint },
    secret: clientSecret ?? null,
    notes: scope.note === null ? [] : [scope.note],
  }
}

/** What the check returns, or null with the problem noted at its field. */
function attempt<T>(path: string, problems: FieldProblem[], check: () => T): T | null {
  try {
    return check()
  } catch (error) {
    if (!(error instanceof MailError)) throw error
    problems.push({ path, message: describeMailError(error) })
    return null
  }
}
