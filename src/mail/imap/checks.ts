import { tokenChecks } from '../../oauth/token-checks.ts'
import { addressesOf } from '../check-server.ts'
import { ok, warning } from '../finding.ts'
import { folderChecks } from '../folder-checks.ts'
import type { CheckStep } from '../mailbox.ts'
import { hasFolder, inbox, inboxPath, junk, pathUnderInbox } from './folders.ts'
import { probeTls } from './imap-connection.ts'
import type { ImapSession } from './imap-session.ts'
import type { ImapParts, ImapSettings } from './imap-settings.ts'
import { roles } from './sign-in.ts'
import { connectSmtp, probeSmtpTls } from './smtp-connection.ts'

export interface CheckParts {
  settings: ImapSettings
  parts: ImapParts
  session: ImapSession
}

/** The steps to this mailbox over IMAP, and those of its other way, SMTP, which fails or not by itself. */
export function checks({ settings, parts, session }: CheckParts): CheckStep[] {
  const { user, imap, smtp } = settings
  const { credential } = parts
  const folderSize = async (where: typeof inbox, signal: AbortSignal) =>
    session.inFolder(where, 'read', signal, async ({ mailbox }) => `${mailbox.path}: ${mailbox.exists}`)
  const read = (signal: AbortSignal) => folderSize(inbox, signal)
  const checkJunk = async (signal: AbortSignal) => {
    const size = await folderSize(junk, signal)
    return size === null ? warning('', { key: 'doctor:junk.none', values: {} }) : ok(size)
  }
  return [
    {
      id: 'mailbox-server',
      needs: [],
      async run(signal) {
        const addresses = await addressesOf(imap.host, signal)
        return ok(`${imap.host}:${imap.port}${addresses} ${await probeTls(settings, parts, signal)}`)
      },
    },
    {
      id: 'smtp-server',
      needs: [],
      async run(signal) {
        const addresses = await addressesOf(smtp.host, signal)
        await probeSmtpTls(settings, parts, signal)
        return ok(`${smtp.host}:${smtp.port}${addresses} TLS`)
      },
    },
    ...('tokens' in credential
      ? tokenChecks(credential.tokens, {
          roles: Object.values(roles),
          messageKey: 'consent.missing-imap-roles',
          read,
        })
      : []),
    {
      id: 'login',
      needs: ['mailbox-server', 'token', 'role'],
      run: (signal) =>
        session.run(signal, async ({ client }) => ok(`${user}: ${client.greeting ?? ''}`.slice(0, 300))),
    },
    ...folderChecks({
      needs: ['login'],
      inbox: async (signal) => ok((await read(signal)) ?? `no ${inboxPath}`),
      processed: (signal) =>
        session.run(signal, async (connection) => {
          const name = pathUnderInbox(connection, settings.processedFolder)
          return { name, isThere: await hasFolder(connection, name) }
        }),
      junk: settings.watchJunk ? checkJunk : null,
    }),
    {
      id: 'smtp-login',
      needs: ['smtp-server', 'token'],
      async run(signal) {
        const connection = await connectSmtp(settings, parts, signal)
        connection.close()
        return ok(`${user}, ${smtp.host}:${smtp.port}`)
      },
    },
  ]
}
