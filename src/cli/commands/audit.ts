import type { Command } from 'commander'
import type { z } from 'zod'
import type { auditView } from '../../api/routes/audit/audit-routes.ts'
import { addCommand } from '../add-command.ts'
import type { Cli } from '../cli.ts'
import { withApi } from '../with-api.ts'
import { addVerifyExport } from './audit-verify-export.ts'

/** `audit verify`, `audit verify-export`. */
export function addAuditCommands(program: Command, cli: Cli): void {
  const { text } = cli
  const group = program.command('audit').description(text('cli:audit.about'))
  addVerifyExport(group, cli)
  addCommand(group, cli, 'verify', 'audit.verify').action((options: { json?: boolean }) =>
    withApi(cli, async (api) => {
      const verified = await api<z.output<typeof auditView>>({ method: 'GET', path: '/api/audit/verify' })
      if (!verified.ok) cli.exitCode = 1
      const { entries, requests, broken, checkpoints } = verified
      cli.print(options, verified, [
        ...broken.map(({ requestId, sequence, problem }) =>
          text('cli:audit.verify.entry', { request: requestId, entry: sequence ?? '—', problem }),
        ),
        ...(checkpoints?.broken ?? []).map(({ number, requestId, problem }) =>
          text('cli:audit.verify.checkpoint', { number, request: requestId ?? '—', problem }),
        ),
        text(verified.ok ? 'cli:audit.verify.ok' : 'cli:audit.verify.broken', { entries, requests }),
        checkpoints === null
          ? text('cli:audit.verify.unsigned')
          : text('cli:audit.verify.signed', { checkpoints: checkpoints.count }),
      ])
    }),
  )
}
