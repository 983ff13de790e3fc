/**
 * What an administrator reads of each thing that can be wrong with a mailbox: every one is brought about in the simulator, on
 * a real IMAP server or on a TLS server, and `test/fixtures/doctor.json` shows what the doctor says of it in both languages.
 */
import { defaultCompany, type Simulator, startSimulator } from '@countersign/simulator'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { Context } from '../../src/store/context.ts'
import type { Store } from '../../src/store/store.ts'
import { approvals, nadia } from '../support/contoso.ts'
import { openTestPglite } from '../support/databases.ts'
import { noDovecot, startDovecot, type TestDovecot } from '../support/dovecot.ts'
import { examineMailbox, type ToldCheck } from '../support/examine-mailbox.ts'
import { openSampleApi, type SampleApi } from '../support/sample-api.ts'
import { type SmtpScript, startSmtp } from '../support/smtp-server.ts'
import type { CertificateName } from '../support/tls-certificate.ts'
import { startTlsServer } from '../support/tls-server.ts'

const app = defaultCompany.apps?.[0]
const own = { id: app?.id, secrets: app?.secrets, mailboxes: [approvals] }
const roles = app?.roles ?? []
/** So long that no step depends on how busy the machine is; what is to be missed is missed at once. */
const patience = { copyMs: 20_000, arrivalMs: 30_000, plusMs: 20_000 }
const inAYear = new Date(Date.now() + 365 * 86_400_000).toISOString().slice(0, 10)
const inTenDays = new Date(Date.now() + 9.5 * 86_400_000).toISOString().slice(0, 10)

let store: Store
let api: SampleApi
let context: Context
let simulator: Simulator
let dovecot: TestDovecot
beforeAll(async () => {
  store = await openTestPglite()
  api = await openSampleApi(store)
  context = api.context
  simulator = await startSimulator()
  if (noDovecot === null) dovecot = await startDovecot()
})
afterAll(async () => {
  await dovecot?.stop()
  await simulator?.close()
  await api?.close()
  await store?.close()
})

async function control(path: string, body: object = {}): Promise<void> {
  const answer = await fetch(`${simulator.http}/_sim/${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  })
  if (!answer.ok) throw new Error(`the simulator refused ${path}: ${await answer.text()}`)
}
async function submit(address: string, mime: string): Promise<void> {
  const headers = { 'content-type': 'message/rfc822' }
  const answer = await fetch(`${simulator.http}/_sim/mailboxes/${address}/submit`, {
    method: 'POST',
    body: mime,
    headers,
  })
  if (!answer.ok) throw new Error(`not sent: ${await answer.text()}`)
}
/** With the application as it is to be: it opens the one mailbox alone, unless told otherwise. */
const tenant = (changes: object, appChanges: object = {}) =>
  control('tenant', { ...changes, apps: [{ ...own, roles, ...appChanges }] })
const fault = (operation: string, answer: unknown, times = 1) =>
  control('faults', { operation, times, answer })

type Type = 'exchange-online-graph' | 'exchange-online-ews'
interface Changes {
  mailbox?: object
  oauth?: object
  remoteApproval?: object
}

function exchangeOnline(type: Type, changes: Changes = {}): object {
  return {
    mailbox: {
      type,
      host: new URL(simulator.https).host,
      extraCa: simulator.caPem,
      user: approvals,
      defaultReplyTo: approvals,
      ...changes.mailbox,
    },
    oauth: {
      clientId: app?.id,
      clientSecret: app?.secrets?.[0]?.value,
      clientSecretExpiresOn: inAYear,
      tokenEndpoint: simulator.tokenEndpoint,
      ...changes.oauth,
    },
    remoteApproval: { probeAddress: nadia.address, ...changes.remoteApproval },
  }
}
const graph = (changes?: Changes) => exchangeOnline('exchange-online-graph', changes)
const ews = (changes?: Changes) => exchangeOnline('exchange-online-ews', changes)

/** Exchange Online over IMAP and SMTP. */
function imapOfExchange(changes: Changes = {}): object {
  const server = (url: string) => ({ host: 'localhost', port: Number(new URL(url).port) })
  return {
    mailbox: {
      type: 'imap-smtp',
      imap: server(simulator.imapsUrl),
      smtp: server(simulator.smtpsUrl),
      saveSent: false,
      extraCa: simulator.caPem,
      user: approvals,
      defaultReplyTo: approvals,
      ...changes.mailbox,
    },
    oauth: {
      clientId: app?.id,
      clientSecret: app?.secrets?.[0]?.value,
      clientSecretExpiresOn: inAYear,
      scope: 'https://outlook.office365.com/.default',
      tokenEndpoint: simulator.tokenEndpoint,
      ...changes.oauth,
    },
    remoteApproval: { probeAddress: nadia.address, ...changes.remoteApproval },
  }
}

/** A server with this certificate in place of another. */
async function serverWith(name: CertificateName): Promise<{ host: string; extraCa: string }> {
  const server = await startTlsServer((_, response) => response.writeHead(404).end(), name)
  onTestFinished(() => server[Symbol.asyncDispose]())
  return { host: new URL(server.origin).host, extraCa: simulator.caPem + server.caPem }
}

/** A mailbox of an Exchange Server, whose owner has this password. */
async function exchangeServer(password: string): Promise<object> {
  await tenant({ exchangeServer: { domain: 'CONTOSO' } })
  await control(`mailboxes/${approvals}`, { password: 'right' })
  return {
    mailbox: {
      type: 'exchange-server-ews',
      host: new URL(simulator.https).host,
      signInName: 'CONTOSO\\approvals',
      password,
      extraCa: simulator.caPem,
      user: approvals,
      defaultReplyTo: approvals,
    },
  }
}

let people = 0
/** What is on its way into mailboxes on Dovecot. */
const deliveries: Promise<unknown>[] = []
/** A mailbox on Dovecot, with an SMTP server that delivers into it what the script lets through. */
async function onDovecot(
  options: {
    folders?: string[]
    changes?: Changes
    script?: SmtpScript
    deliver?: (mime: string) => [string, string] | null
  } = {},
): Promise<object> {
  people += 1
  const user = `doctor${people}@litware.example`
  const client = await dovecot.client(user)
  for (const folder of options.folders ?? ['Junk', 'Sent', 'Trash']) await client.mailboxCreate(folder)
  const deliver = options.deliver ?? ((mime: string) => ['INBOX', mime])
  const smtp = await startSmtp({
    ...options.script,
    message(mime) {
      const answer = options.script?.message?.(mime)
      const delivery = answer === undefined ? deliver(mime) : null
      if (delivery !== null) deliveries.push(client.append(...delivery))
      return answer
    },
  })
  onTestFinished(() => smtp[Symbol.asyncDispose]())
  return {
    mailbox: {
      type: 'imap-smtp',
      imap: { host: 'localhost', port: dovecot.port.ssl },
      smtp: { host: 'localhost', port: smtp.port, security: options.script?.security ?? 'ssl' },
      password: dovecot.password,
      extraCa: dovecot.caPem + smtp.caPem,
      user,
      defaultReplyTo: user,
      ...options.changes?.mailbox,
    },
    remoteApproval: { ...options.changes?.remoteApproval },
  }
}
const isPlus = (mime: string) => /^To: .*\+/m.test(mime)

interface Situation {
  form: object
  send?: boolean
  patience?: typeof patience
}
type Situations = Record<string, () => Promise<Situation>>

const microsoft: Situations = {
  'Graph: all is well': async () => ({ form: graph() }),
  'EWS: all is well': async () => ({ form: ews() }),
  'IMAP of Exchange: all is well': async () => {
    await tenant({}, { fullAccess: [approvals] })
    return { form: imapOfExchange() }
  },
  'Exchange Server: all is well': async () => ({ form: await exchangeServer('right') }),
  'Exchange Server: the password is wrong': async () => ({ form: await exchangeServer('wrong') }),
  'Graph: nothing is to be sent': async () => ({ form: graph(), send: false }),
  'the token endpoint has a name that nobody knows': async () => ({
    form: graph({ oauth: { tokenEndpoint: `https://${'x'.repeat(64)}.example/t/oauth2/v2.0/token` } }),
  }),
  'the authority of the certificate is unknown': async () => ({
    form: graph({ mailbox: { extraCa: null } }),
  }),
  'the certificate has expired': async () => ({ form: ews({ mailbox: await serverWith('expired') }) }),
  'the certificate is not valid yet': async () => ({ form: ews({ mailbox: await serverWith('early') }) }),
  'the certificate is of another server': async () => ({
    form: ews({ mailbox: await serverWith('another') }),
  }),
  'nobody listens': async () => ({ form: graph({ mailbox: { host: 'localhost:9' } }) }),
  'the secret is wrong': async () => ({ form: graph({ oauth: { clientSecret: 'wrong' } }) }),
  'the secret has expired': async () => {
    const secrets = [{ value: app?.secrets?.[0]?.value, expiresAt: '2020-01-01T00:00:00Z' }]
    await tenant({}, { secrets })
    return { form: graph() }
  },
  'Graph: the scope is that of Exchange': async () => ({
    form: graph({ oauth: { scope: 'https://outlook.office365.com/.default' } }),
  }),
  'EWS: the scope is that of Graph': async () => ({
    form: ews({ oauth: { scope: 'https://graph.microsoft.com/.default' } }),
  }),
  'Graph: the scope is of another cloud': async () => ({
    form: graph({ oauth: { scope: 'https://graph.microsoft.us/.default' } }),
  }),
  'the application is unknown': async () => ({
    form: graph({ oauth: { clientId: '99999999-9999-9999-9999-999999999999' } }),
  }),
  'the application has no service principal': async () => {
    await tenant({}, { servicePrincipal: 'missing' })
    return { form: graph() }
  },
  'the clocks differ by 90 seconds': async () => {
    await control('clock', { offsetMs: 90_000 })
    return { form: graph() }
  },
  'the clocks differ by ten minutes': async () => {
    await control('clock', { offsetMs: -600_000 })
    return { form: graph(), send: false }
  },
  'Graph: nobody has consented': async () => {
    await tenant({}, { roles: [] })
    return { form: graph() }
  },
  'EWS: nobody has consented': async () => {
    await tenant({}, { roles: [] })
    return { form: ews() }
  },
  'IMAP of Exchange: nobody has consented': async () => {
    await tenant({}, { roles: [], fullAccess: [approvals] })
    return { form: imapOfExchange() }
  },
  'Graph: consent for one of two': async () => {
    await tenant({}, { roles: ['Mail.ReadWrite'] })
    return { form: graph() }
  },
  'Graph: RBAC for Applications': async () => {
    const rbacGraph = { 'Mail.ReadWrite': [approvals], 'Mail.Send': [approvals] }
    await tenant({}, { roles: [], rbacGraph })
    return { form: graph() }
  },
  'EWS: RBAC for Applications': async () => {
    await tenant({}, { roles: [], rbacMailboxes: [approvals] })
    return { form: ews() }
  },
  'Graph: the mailbox is none': async () => ({
    form: graph({ mailbox: { user: 'nobody@contoso.example' } }),
  }),
  'EWS: the mailbox is none': async () => ({ form: ews({ mailbox: { user: 'nobody@contoso.example' } }) }),
  'Graph: the mailbox is kept out by an access policy': async () => {
    await tenant({}, { mailboxes: [nadia.address] })
    return { form: graph() }
  },
  'EWS: the mailbox is kept out by an access policy': async () => {
    await tenant({}, { mailboxes: [nadia.address] })
    return { form: ews() }
  },
  'Graph: the mailbox has no licence': async () => {
    await control(`mailboxes/${approvals}`, { graphEnabled: false })
    return { form: graph() }
  },
  'EWS is switched off': async () => {
    await tenant({ ewsEnabled: false })
    return { form: ews() }
  },
  'EWS: the application is not on the list': async () => {
    await tenant({ ewsEnabled: true, allowedAppIds: ['99999999-9999-9999-9999-999999999999'] })
    return { form: ews() }
  },
  'EWS: a licence without it': async () => {
    await control(`mailboxes/${approvals}`, { ewsEnabled: false })
    return { form: ews() }
  },
  'IMAP of Exchange: the application is not registered there': async () => {
    await tenant({}, { isKnownToExchange: false })
    return { form: imapOfExchange() }
  },
  'IMAP of Exchange: SMTP AUTH is off': async () => {
    await tenant({ smtpAuthDisabled: true }, { fullAccess: [approvals] })
    return { form: imapOfExchange() }
  },
  'Graph: another mailbox opens': async () => {
    await tenant({}, { mailboxes: null })
    return { form: graph() }
  },
  'EWS: another mailbox opens': async () => {
    await tenant({}, { mailboxes: null })
    return { form: ews() }
  },
  'IMAP of Exchange: another mailbox opens': async () => {
    await tenant({}, { fullAccess: [approvals, nadia.address] })
    return { form: imapOfExchange() }
  },
  'Graph: no other mailbox is named': async () => ({
    form: graph({ remoteApproval: { probeAddress: null } }),
    send: false,
  }),
  'IMAP of Exchange: no other mailbox is named': async () => {
    await tenant({}, { fullAccess: [approvals] })
    return { form: imapOfExchange({ remoteApproval: { probeAddress: null } }), send: false }
  },
  'the other mailbox is none': async () => ({
    form: graph({ remoteApproval: { probeAddress: 'nobody@contoso.example' } }),
    send: false,
  }),
  'Graph: the mailbox is full': async () => {
    await control(`mailboxes/${approvals}`, { isFull: true })
    return { form: graph() }
  },
  'EWS: the mailbox is full': async () => {
    await control(`mailboxes/${approvals}`, { isFull: true })
    return { form: ews() }
  },
  'SMTP of Exchange: the mailbox is full': async () => {
    await tenant({}, { fullAccess: [approvals] })
    await control(`mailboxes/${approvals}`, { isFull: true })
    return { form: imapOfExchange() }
  },
  'EWS: sending is blocked': async () => {
    await fault('CreateItem', { code: 'ErrorMessageSubmissionBlocked', as: 'response' }, 2)
    return { form: ews() }
  },
  'EWS: the connection is cut after sending': async () => {
    await fault('CreateItem', 'cutAfter')
    return { form: ews() }
  },
  'EWS: no copy of what was sent': async () => {
    await tenant({ sentCopyDelaySeconds: 3_600 })
    return { form: ews(), patience: { ...patience, copyMs: 0 } }
  },
  'Graph: what is sent waits in the Outbox': async () => {
    await tenant({ messageRateLimit: 1 })
    await submit(
      approvals,
      'From: approvals@contoso.example\r\nTo: nadia.belkacem@contoso.example\r\n\r\nHello',
    )
    return { form: graph(), patience: { ...patience, copyMs: 0, arrivalMs: 0 } }
  },
  'plus-addresses are switched off here': async () => ({
    form: graph({ remoteApproval: { plusAddressing: false } }),
  }),
  'the end of the secret is not known': async () => ({
    form: graph({ oauth: { clientSecretExpiresOn: null } }),
    send: false,
  }),
  'the secret ends soon': async () => ({
    form: graph({ oauth: { clientSecretExpiresOn: inTenDays } }),
    send: false,
  }),
  'the secret has ended by what was entered': async () => ({
    form: graph({ oauth: { clientSecretExpiresOn: '2026-01-01' } }),
    send: false,
  }),
}

const otherServers: Situations = {
  'IMAP: all is well': async () => ({ form: await onDovecot() }),
  'IMAP: the password is wrong': async () => ({
    form: await onDovecot({ changes: { mailbox: { password: 'wrong' } } }),
  }),
  'IMAP: no folder for junk, none for what was sent': async () => ({
    form: await onDovecot({ folders: [] }),
    patience: { ...patience, copyMs: 0 },
  }),
  'SMTP: the certificate has expired': async () => ({
    form: await onDovecot({ script: { certificate: 'expired' } }),
  }),
  'SMTP: the certificate is of another server, after STARTTLS': async () => {
    const script: SmtpScript = { certificate: 'another', security: 'starttls' }
    return { form: await onDovecot({ script }) }
  },
  'SMTP: the password is wrong': async () => ({
    form: await onDovecot({ script: { login: () => '535 5.7.8 Authentication credentials invalid' } }),
  }),
  'SMTP: the mailbox is full': async () => ({
    form: await onDovecot({ script: { message: () => '554 5.2.2 mailbox full; STOREDRV.Submission' } }),
  }),
  'SMTP: plus-addresses are refused': async () => ({
    form: await onDovecot({
      script: { recipient: (to) => (to.includes('+') ? '550 5.1.1 User unknown' : undefined) },
    }),
  }),
  'plus-addresses do not arrive': async () => ({
    form: await onDovecot({ deliver: (mime) => (isPlus(mime) ? null : ['INBOX', mime]) }),
    patience: { ...patience, plusMs: 0 },
  }),
  'plus-addresses bounce': async () => ({
    form: await onDovecot({ deliver: (mime) => ['INBOX', isPlus(mime) ? bounceOf(mime) : mime] }),
  }),
  'what stands behind the plus is lost': async () => ({
    form: await onDovecot({ deliver: (mime) => ['INBOX', mime.replace(/^(To: .*)\+[^@]*/m, '$1')] }),
  }),
  'the test mail goes to junk': async () => ({
    form: await onDovecot({ deliver: (mime) => ['Junk', mime] }),
  }),
  'the test mail does not arrive': async () => ({
    form: await onDovecot({ deliver: () => null }),
    patience: { ...patience, arrivalMs: 0 },
  }),
  'the test mail bounces': async () => ({
    form: await onDovecot({ deliver: (mime) => ['INBOX', bounceOf(mime)] }),
  }),
}

/** A report of non-delivery (RFC 3464) as a mail server makes one. */
function bounceOf(mime: string): string {
  const messageId = /^Message-ID: (.*)$/im.exec(mime)?.[1] ?? ''
  return [
    'From: <mailer-daemon@litware.example>',
    'Subject: Undelivered mail',
    `In-Reply-To: ${messageId}`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'It could not be delivered.',
    '--b--',
    '',
  ].join('\r\n')
}

test.skipIf(noDovecot)('every failure has its mend, in both languages', { timeout: 300_000 }, async () => {
  const golden: Record<string, object> = {}
  for (const [name, prepare] of Object.entries({ ...microsoft, ...otherServers })) {
    await control('reset')
    await control('clock', { offsetMs: 0 })
    await tenant({ messageRateLimit: null })
    const situation = await prepare()
    const told = await examineMailbox(context, 'doctor', situation.form, { patience, ...situation })
    await Promise.all(deliveries.splice(0))
    for (const word of [app?.secrets?.[0]?.value ?? '', dovecot.password, 'eyJ'])
      expect(JSON.stringify(told), name).not.toContain(word)
    golden[name] = Object.fromEntries(told.map((check) => [check.id, inShort(check)]))
  }
  await expect(`${JSON.stringify(golden, null, 2)}\n`).toMatchFileSnapshot('../fixtures/doctor.json')
})

/** What the golden file holds of a step; of one that found nothing, that it did. */
function inShort({ outcome, evidence, mend }: ToldCheck): object | string {
  if (mend === null || outcome === 'skipped') return outcome
  const found = { outcome, ...(evidence === '' ? {} : { evidence: steady(evidence) }) }
  return { ...found, en: steady(mend.en), fr: steady(mend.fr) }
}

/** Without what differs from run to run. */
function steady(text: string): string {
  return text
    .replace(/localhost:(?!9\b)\d+/g, 'localhost:PORT')
    .replace(/\((127\.0\.0\.1|::1)[^)]*\)/g, '(ADDRESS)')
    .replace(/[+-]?\d+(\.\d)? s\b/g, 'N s')
    .replace(/(by|de) \d+ (seconds|secondes)/g, '$1 N $2')
    .replace(/(days left|jours restants)(\s?): \d+/g, '$1$2: N')
    .replace(/[0-9a-f]{20}/g, 'TAG')
    .replace(/trace id [0-9a-f-]{36}/g, 'trace id GUID')
    .replace(/doctor\d+(?=[+@])/g, 'doctor')
    .replaceAll(inTenDays, 'IN TEN DAYS')
}
