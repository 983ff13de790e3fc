/** An IMAP server that says what a test wants to hear: refusals that no server gives on demand. */
import { readFile } from 'node:fs/promises'
import { type AddressInfo, createServer as createPlainServer, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'

export interface ScriptedImap extends AsyncDisposable {
  port: number
  caPem: string
  /** What it was told so far, without tags. */
  commands: string[]
}

export interface Script {
  /** False for a server without any TLS. */
  tls?: boolean
  greeting?: string
  /** Given by CAPABILITY. */
  capabilities?: string
  /**
   * Answers to commands, by the first pattern that fits: whole lines, in which `TAG` stands for the command's tag. The
   * line `CUT` ends the connection.
   */
  answers?: [RegExp, string[] | (() => string[])][]
}

/** The dialect of Exchange Online (reference, 4.1): one empty INBOX. */
const usual: [RegExp, string[]][] = [
  [/^AUTHENTICATE /, ['TAG OK AUTHENTICATE completed.']],
  [/^LOGIN /, ['TAG OK LOGIN completed.']],
  [/^ID /, ['* ID ("name" "Microsoft.Exchange.Imap4.Imap4Server")', 'TAG OK ID completed']],
  [/^NAMESPACE/, ['* NAMESPACE (("" "/")) NIL NIL', 'TAG OK NAMESPACE completed.']],
  [/^LIST /, ['* LIST (\\HasNoChildren) "/" INBOX', 'TAG OK LIST completed.']],
  [
    /^(EXAMINE|SELECT) /,
    ['* 0 EXISTS', '* OK [UIDVALIDITY 14] UIDVALIDITY value', '* OK [UIDNEXT 1] next', 'TAG OK completed.'],
  ],
  [/^\S+/, ['TAG OK completed.']],
]

const exchangeCapabilities =
  'IMAP4 IMAP4rev1 AUTH=XOAUTH2 SASL-IR UIDPLUS MOVE ID UNSELECT CHILDREN IDLE NAMESPACE LITERAL+'

export async function startScriptedImap(script: Script = {}): Promise<ScriptedImap> {
  const { tls = true, greeting = '* OK The Microsoft Exchange IMAP4 service is ready.' } = script
  const [caPem = '', cert = '', key = ''] = await Promise.all(
    ['authority.pem', 'localhost.pem', 'localhost.key.pem'].map((name) =>
      readFile(new URL(`../fixtures/tls/${name}`, import.meta.url), 'utf8'),
    ),
  )
  const commands: string[] = []
  const sockets = new Set<Socket>()
  const capability = [
    `* CAPABILITY ${script.capabilities ?? exchangeCapabilities}`,
    'TAG OK CAPABILITY completed.',
  ]
  const answers: Script['answers'] = [...(script.answers ?? []), [/^CAPABILITY/, capability], ...usual]

  function talk(socket: Socket): void {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.write(`${greeting}\r\n`)
    let input = ''
    socket.on('data', (chunk) => {
      const lines = (input + chunk.toString('latin1')).split('\r\n')
      input = lines.pop() ?? ''
      for (const line of lines) answer(socket, line)
    })
  }

  function answer(socket: Socket, line: string): void {
    const [, tag, command] = /^(\S+) (.*)$/.exec(line) ?? []
    if (tag === undefined || command === undefined) return
    commands.push(command)
    const lines = answers?.find(([pattern]) => pattern.test(command))?.[1] ?? []
    for (const one of typeof lines === 'function' ? lines() : lines) {
      if (one === 'CUT') socket.end()
      else socket.write(`${one.replaceAll('TAG', tag)}\r\n`)
    }
  }

  const server = tls ? createTlsServer({ cert, key }, talk) : createPlainServer(talk)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    caPem,
    commands,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
