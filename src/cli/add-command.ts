import type { Command } from 'commander'
import type { Cli } from './cli.ts'

/** A command with what every one has: its description (`cli:<key>.about`) and `--json`. */
export function addCommand(parent: Command, cli: Cli, signature: string, key: string): Command {
  return parent
    .command(signature)
    .description(cli.text(`cli:${key}.about`))
    .option('--json', cli.text('cli:help.json'))
}
