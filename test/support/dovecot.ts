/** A real IMAP server that nobody here wrote: Dovecot (Debian package dovecot-imapd), as a child of the tests. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, linkSync, utimesSync, writeFileSync } from 'node:fs'
import { chmod, chown, glob, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { ImapFlow } from 'imapflow'
import { freePort } from './free-port.ts'

export interface TestDovecot {
  port: { ssl: number; starttls: number }
  /** Of every user; any name makes an empty mailbox at its first login. */
  password: string
  /** The authority behind its certificate, in PEM. Nobody trusts it who was not handed it. */
  caPem: string
  /** A mail client of this user, as a person has one. Its connection lasts until the server is stopped. */
  client(user: string): Promise<ImapFlow>
  /** Has so many unread copies of these messages lie in the INBOX of a user who has signed in before. */
  fill(user: string, raws: string[], count: number, receivedAt: Date): void
  /** The commands that Countersign gave in this user's mailbox so far, as the server read them, without their tags. */
  commands(user: string): Promise<string[]>
  stop(): Promise<void>
}

interface Options {
  /** Lines of configuration beside ours. */
  configuration?: string
}

/** Why there is no Dovecot to test with; null when there is. */
export const noDovecot = whyNoDovecot()
if (noDovecot !== null) console.warn(`Tests on a real IMAP server are skipped: ${noDovecot}`)

/** A time stamp of Dovecot's, a tag, and the command. */
const commandLine = /^(?:[\d.]+ )?[A-Z0-9]+ ((?:UID )?[A-Z]{3,}\b.*)$/gm

const password = 'correct horse'
const certificates = fileURLToPath(new URL('../fixtures/tls/', import.meta.url))

/** Debian puts it where ordinary users do not look. */
function environment() {
  return { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` }
}

function whyNoDovecot(): string | null {
  try {
    const version = execFileSync('dovecot', ['--version'], { env: environment(), encoding: 'utf8' })
    return /^2\.[4-9]/.test(version) ? null : `Dovecot ${version.trim()} is older than 2.4`
  } catch {
    return 'dovecot is not installed (apt-get install dovecot-imapd)'
  }
}

/** Starts a server of our own on loopback, with mailboxes of its own. */
export async function startDovecot({ configuration = '' }: Options = {}): Promise<TestDovecot> {
  const directory = await mkdtemp(join(tmpdir(), 'dovecot-'))
  const port = { ssl: await freePort(), starttls: await freePort() }
  const mail = await makeMailDirectory(directory)
  const file = join(directory, 'dovecot.conf')
  await writeFile(file, configure({ directory, port, mail, configuration }))
  const server = spawn('dovecot', ['-F', '-c', file], {
    env: environment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  await isReady(server)
  const clients: ImapFlow[] = []
  const caPem = await readFile(join(certificates, 'authority.pem'), 'utf8')
  return {
    port,
    password,
    caPem,
    async client(user) {
      await makeRawLog(mail, user)
      const client = new ImapFlow({
        host: 'localhost',
        port: port.ssl,
        secure: true,
        tls: { ca: caPem },
        auth: { user, pass: password },
        logger: false,
        disableAutoIdle: true,
      })
      client.on('error', () => {})
      clients.push(client)
      await client.connect()
      return client
    },
    fill(user, raws, count, receivedAt) {
      // Names of one file each, as Dovecot's own copies are.
      const nameOf = (number: number) =>
        join(mail.path, user, 'Maildir', 'new', `${receivedAt.getTime()}.${number}.old`)
      for (let number = 0; number < count; number += 1) {
        const raw = raws[number]
        if (raw === undefined) linkSync(nameOf(number % raws.length), nameOf(number))
        else {
          writeFileSync(nameOf(number), raw)
          chownSync(nameOf(number), mail.uid, mail.gid)
          // Dovecot takes a file's time for the one at which it was received.
          utimesSync(nameOf(number), receivedAt, receivedAt)
        }
      }
    },
    async commands(user) {
      const told = join(mail.path, user, 'rawlog')
      const sessions: string[] = []
      for await (const name of glob('*.in', { cwd: told }))
        sessions.push(await readFile(join(told, name), 'utf8'))
      const ours = sessions.filter((session) => session.includes('"Countersign/1"')).join('')
      return [...ours.matchAll(commandLine)].map(([, command]) => command?.trim() ?? '')
    },
    async stop() {
      for (const client of clients) client.close()
      const ended = once(server, 'exit')
      server.kill('SIGTERM')
      await ended
      await rm(directory, { recursive: true, force: true })
    },
  }
}

interface MailDirectory {
  path: string
  uid: number
  gid: number
}

/** As root Dovecot reads mail as somebody else, who must reach it; else as ourselves. */
async function makeMailDirectory(directory: string): Promise<MailDirectory> {
  const path = join(directory, 'mail')
  await mkdir(path)
  if (process.getuid?.() !== 0) return { path, uid: userInfo().uid, gid: userInfo().gid }
  const nobody = 65_534
  await chmod(directory, 0o755)
  await chown(path, nobody, nobody)
  return { path, uid: nobody, gid: nobody }
}

/** Dovecot writes down what a client says where there is a directory for it. */
async function makeRawLog({ path, uid, gid }: MailDirectory, user: string): Promise<void> {
  for (const directory of [join(path, user), join(path, user, 'rawlog')]) {
    await mkdir(directory, { recursive: true })
    await chown(directory, uid, gid)
  }
}

/** Without root, all of Dovecot's processes run as the one user there is, and none in a root directory of its own. */
function asOurselves(): string {
  const { username } = userInfo()
  const group = execFileSync('id', ['-gn'], { encoding: 'utf8' }).trim()
  return `default_internal_user = ${username}
default_internal_group = ${group}
default_login_user = ${username}
service anvil {
  chroot =
}
service imap-login {
  chroot =
}`
}

function configure(parts: {
  directory: string
  port: TestDovecot['port']
  mail: MailDirectory
  configuration: string
}): string {
  const { directory, port, mail, configuration } = parts
  return `dovecot_config_version = 2.4.0
dovecot_storage_version = 2.4.0
base_dir = ${directory}/run
log_path = /dev/stderr
listen = 127.0.0.1
protocols = imap
${process.getuid?.() === 0 ? '' : asOurselves()}
ssl = required
ssl_server_cert_file = ${certificates}localhost.pem
ssl_server_key_file = ${certificates}localhost.key.pem
auth_mechanisms = plain login
auth_failure_delay = 0
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
passdb static {
  password = ${password}
}
userdb static {
  fields {
    uid = ${mail.uid}
    gid = ${mail.gid}
    home = ${mail.path}/%{user}
  }
}
mail_driver = maildir
mail_path = ~/Maildir
mail_fsync = never
protocol imap {
  rawlog_dir = %{home}/rawlog
}
mailbox_list_layout = fs
namespace inbox {
  inbox = yes
  separator = /
  mailbox Junk {
    special_use = \\Junk
  }
  mailbox Sent {
    special_use = \\Sent
  }
  mailbox Trash {
    special_use = \\Trash
  }
}
service imap-login {
  inet_listener imap {
    port = ${port.starttls}
  }
  inet_listener imaps {
    port = ${port.ssl}
    ssl = yes
  }
}
${configuration}
`
}

async function isReady(server: ChildProcess): Promise<void> {
  const log: string[] = []
  server.on('error', (error) => log.push(error.message))
  if (!server.stderr) throw new Error('no log of dovecot')
  for await (const line of createInterface(server.stderr)) {
    log.push(line)
    if (line.includes('starting up')) {
      server.stderr.resume()
      return
    }
  }
  throw new Error(`dovecot: ${log.join(' ').slice(-500)}`)
}
