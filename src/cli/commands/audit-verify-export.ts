import type { Command } from 'commander'
import { BrokenZip, readZip } from '../../lib/zip/read-zip.ts'
import { addCommand } from '../add-command.ts'
import type { Cli } from '../cli.ts'
import { CliError } from '../cli-error.ts'
import { printableLine } from '../printable.ts'
import { readInputFile } from '../read-input-file.ts'
import { type EvidenceVerification, verifyEvidence } from '../verify-evidence/verify-evidence.ts'

/** As much as an export may hold, and some. */
const MAX_BYTES = 1_500_000_000

/** `audit verify-export`: without a server, a database or any configuration. */
export function addVerifyExport(group: Command, cli: Cli): void {
  const { text } = cli
  addCommand(group, cli, 'verify-export', 'audit.verify-export')
    .argument('<file>', text('cli:audit.verify-export.file'))
    .option('--key <file>', text('cli:audit.verify-export.key'))
    .action(async (path: string, options: { json?: boolean; key?: string }) => {
      const zip = await readInputFile(path, text, MAX_BYTES)
      const key = options.key === undefined ? null : (await readInputFile(options.key, text)).toString('utf8')
      const verified = verifyEvidence(await unpack(zip, path), key)
      const ok = verified.problems.length === 0
      if (!ok) cli.exitCode = 1
      cli.print(options, { ok, ...verified }, describe(verified))
    })

  async function unpack(zip: Buffer, path: string): Promise<Map<string, Buffer>> {
    try {
      return await readZip(zip)
    } catch (error) {
      if (!(error instanceof BrokenZip)) throw error
      const reason = error.message
      throw new CliError('export-broken', text('cli:audit.verify-export.broken', { path, reason }), {
        cause: error,
      })
    }
  }

  function describe({ files, entries, problems, masked, ...key }: EvidenceVerification): string[] {
    return [
      ...problems.map(({ file, problem, entry }) => {
        const place = printableLine(entry === null ? file : `${file} ${entry}`)
        return `${place}: ${text(`cli:audit.verify-export.problem.${problem}`)}`
      }),
      ...masked.map((place) => text('cli:audit.verify-export.masked', { place: printableLine(place) })),
      text(problems.length === 0 ? 'cli:audit.verify-export.ok' : 'cli:audit.verify-export.bad', {
        ...{ files, entries },
      }),
      signedText(key),
      ...(entries === 0
        ? []
        : [
            key.checkedUpTo === null
              ? text('cli:audit.verify-export.no-checkpoint')
              : text('cli:audit.verify-export.checkpoint', { entry: key.checkedUpTo }),
          ]),
    ]
  }

  function signedText({ signedWith, isKnownKey }: Pick<EvidenceVerification, 'signedWith' | 'isKnownKey'>) {
    if (signedWith === null) return text('cli:audit.verify-export.unsigned')
    return text(`cli:audit.verify-export.${isKnownKey ? 'known-key' : 'unknown-key'}`, { key: signedWith })
  }
}
