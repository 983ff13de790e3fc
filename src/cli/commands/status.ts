import type { Command } from 'commander'
import type { z } from 'zod'
import type { noticeView } from '../../api/routes/notices/notice-routes.ts'
import { addCommand } from '../add-command.ts'
import type { Cli } from '../cli.ts'
import { withApi } from '../with-api.ts'

/** `status`: what is wrong now, as the pages tell it. */
export function addStatus(program: Command, cli: Cli): void {
  addCommand(program, cli, 'status', 'status').action((options: { json?: boolean }) =>
    withApi(cli, async (api) => {
      const list = await api<{ items: z.output<typeof noticeView>[] }>({
        method: 'GET',
        path: '/api/notices',
      })
      if (list.items.some(({ severity }) => severity === 'error')) cli.exitCode = 1
      const lines = list.items.map(({ since, message }) => `${since}  ${message}`)
      cli.print(options, list, lines.length === 0 ? [cli.text('cli:status.none')] : lines)
    }),
  )
}
