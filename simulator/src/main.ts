import { parseArgs } from 'node:util'
import { loadCompany } from './load-company.ts'
import { startSimulator } from './start-simulator.ts'

const usage = `Usage: npm run simulator -- [--port N] [--http-port N] [--imap-port N …] [--company FILE.json] [--state none]

  --port       port of the TLS server (EWS, Graph, token endpoint); 0 takes a free one (default 0)
  --http-port  port of the plain server on loopback (webmail, control API); 0 takes a free one (default 0)
  --imaps-port, --imap-port, --smtps-port, --smtp-port, --smtp-plain-port
               ports of IMAP and SMTP: under TLS, with STARTTLS, and of SMTP without TLS (default 0)
  --company    the organisation to start with; default: Contoso, see simulator/README.md
  --state      "none": everything is kept in memory and forgotten at the end (the only kind there is)
`

function readPort(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) throw new Error(`"${text}" is no port`)
  return port
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      'http-port': { type: 'string', default: '0' },
      'imaps-port': { type: 'string', default: '0' },
      'imap-port': { type: 'string', default: '0' },
      'smtps-port': { type: 'string', default: '0' },
      'smtp-port': { type: 'string', default: '0' },
      'smtp-plain-port': { type: 'string', default: '0' },
      company: { type: 'string' },
      state: { type: 'string', default: 'none' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return void process.stdout.write(usage)
  if (values.state !== 'none') throw new Error(`--state ${values.state}: only "none" is offered`)
  const simulator = await startSimulator({
    port: readPort(values.port),
    httpPort: readPort(values['http-port']),
    linePorts: {
      imapsUrl: readPort(values['imaps-port']),
      imapUrl: readPort(values['imap-port']),
      smtpsUrl: readPort(values['smtps-port']),
      smtpUrl: readPort(values['smtp-port']),
      smtpPlainUrl: readPort(values['smtp-plain-port']),
    },
    ...(values.company === undefined ? {} : { company: await loadCompany(values.company) }),
  })
  const { https, http, caFile, tokenEndpoint, tenantId } = simulator
  const { imapsUrl, imapUrl, smtpsUrl, smtpUrl, smtpPlainUrl } = simulator
  const line = {
    https,
    http,
    caFile,
    webmail: `${http}/`,
    tokenEndpoint,
    tenantId,
    imapsUrl,
    imapUrl,
    smtpsUrl,
    smtpUrl,
    smtpPlainUrl,
    pid: process.pid,
  }
  process.stdout.write(`${JSON.stringify(line)}\n`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void simulator.close().then(() => process.exit(0)))
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`)
  process.exitCode = 1
})
