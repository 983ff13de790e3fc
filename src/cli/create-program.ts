import { Command } from 'commander'
import packageFile from '../../package.json' with { type: 'json' }
import type { Cli } from './cli.ts'
import { addAuditCommands } from './commands/audit.ts'
import { addDeadLetterCommands } from './commands/dead-letter.ts'
import { addFooterCommands } from './commands/footer.ts'
import { addGroupCommands } from './commands/group.ts'
import { addMailboxCommands } from './commands/mailbox.ts'
import { addMessageCommands } from './commands/message.ts'
import { addMigrate } from './commands/migrate.ts'
import { addPeopleCommands } from './commands/people.ts'
import { addPersonCommands } from './commands/person-invite.ts'
import { addProcessCommands } from './commands/process.ts'
import { addRequestCommands } from './commands/request.ts'
import { addServe } from './commands/serve.ts'
import { addStatus } from './commands/status.ts'
import { addTokenCommands } from './commands/token.ts'
import { addWorker } from './commands/worker.ts'

/** Every command with its options and help, in the language of the terminal. Wrong calls throw `CommanderError`. */
export function createProgram(cli: Cli): Command {
  const { text, stdout, stderr } = cli
  const titles: Record<string, string> = {
    'Usage:': text('cli:help.usage'),
    'Arguments:': text('cli:help.arguments'),
    'Options:': text('cli:help.options'),
    'Commands:': text('cli:help.commands'),
  }
  const program = new Command('countersign')
    .description(text('cli:about'))
    .version(packageFile.version, '-V, --version', text('cli:help.version'))
    .helpOption('-h, --help', text('cli:help.help'))
    .helpCommand(false)
    .configureHelp({ styleTitle: (title) => titles[title] ?? title })
    .configureOutput({
      writeOut: (output) => stdout.write(output),
      writeErr: (output) => stderr.write(output),
      // Told by `run-cli`, which throws nothing away and knows the language.
      outputError: () => undefined,
    })
    .exitOverride()
    .addHelpText('after', `\n${text('cli:help.exit-codes')}`)
  for (const add of commands) add(program, cli)
  return program
}

const commands: ((program: Command, cli: Cli) => void)[] = [
  addServe,
  addWorker,
  addMigrate,
  addStatus,
  addTokenCommands,
  addProcessCommands,
  addPeopleCommands,
  addPersonCommands,
  addGroupCommands,
  addRequestCommands,
  addMailboxCommands,
  addMessageCommands,
  addDeadLetterCommands,
  addFooterCommands,
  addAuditCommands,
]
