import { connect as connectPlain, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { Simulator } from '../../src/index.ts'

/** A client that sends lines and reads lines: what stands on the wire is what a test sees. */
export interface LineClient {
  send(text: string | Buffer): void
  /** The next line; `null` at the end of the connection. */
  read(): Promise<string | null>
  /** Lines up to the first that `isLast` says is the last; what there was when the connection ends before. */
  readUntil(isLast: (line: string) => boolean): Promise<string[]>
  /** An IMAP command under a tag of its own; the lines of its answer, the tag taken off the last one. */
  imap(command: string): Promise<string[]>
  /** An SMTP command; the lines of its reply. */
  smtp(command: string): Promise<string[]>
  /** Goes on under TLS on the same connection. */
  secure(): Promise<void>
  close(): void
}

export async function openLines(simulator: Pick<Simulator, 'caPem'>, url: string): Promise<LineClient> {
  const { hostname, port, protocol } = new URL(url)
  const options = { host: hostname, port: Number(port), servername: 'localhost', ca: simulator.caPem }
  const isSecure = /^(imaps|smtps):$/.test(protocol)
  let socket: Socket = isSecure
    ? connectTls(options)
    : connectPlain({ host: '127.0.0.1', port: Number(port) })
  let held = ''
  let hasEnded = false
  let wake = () => {}
  const attach = () => {
    socket.setEncoding('latin1')
    socket.on('data', (text) => {
      held += text
      wake()
    })
    const end = () => {
      hasEnded = true
      wake()
    }
    socket.on('close', end).on('end', end).on('error', end)
  }
  attach()
  let number = 0
  const client: LineClient = {
    send: (text) => void socket.write(text),
    async read() {
      for (;;) {
        const end = held.indexOf('\r\n')
        if (end >= 0) {
          const line = held.slice(0, end)
          held = held.slice(end + 2)
          return line
        }
        if (hasEnded) return null
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
    async readUntil(isLast) {
      const lines: string[] = []
      for (;;) {
        const line = await client.read()
        if (line === null) return lines
        lines.push(line)
        if (isLast(line)) return lines
      }
    },
    async imap(command) {
      number += 1
      const tag = `a${number}`
      client.send(`${tag} ${command}\r\n`)
      const lines = await client.readUntil((line) => line.startsWith(`${tag} `) || line.startsWith('+'))
      return lines.map((line) => line.replace(new RegExp(`^${tag} `), ''))
    },
    async smtp(command) {
      client.send(`${command}\r\n`)
      return client.readUntil((line) => /^\d{3} /.test(line))
    },
    async secure() {
      socket.removeAllListeners('data')
      socket = connectTls({ ...options, socket })
      attach()
      await new Promise((resolve) => socket.once('secureConnect', resolve))
    },
    close: () => void socket.destroy(),
  }
  return client
}

/** The SASL XOAUTH2 response for a mailbox. */
export function xoauth2(user: string, token: string): string {
  return Buffer.from(`user=${user}\u0001auth=Bearer ${token}\u0001\u0001`).toString('base64')
}
