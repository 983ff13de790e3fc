import type { CommanderError } from 'commander'
import type { Translate } from '../lib/translate.ts'

const texts: Record<string, string> = {
  'commander.unknownCommand': 'unknown-command',
  'commander.unknownOption': 'unknown-option',
  'commander.missingArgument': 'missing-argument',
  'commander.optionMissingArgument': 'missing-value',
  'commander.missingMandatoryOptionValue': 'missing-option',
  'commander.excessArguments': 'too-many-arguments',
  'commander.invalidArgument': 'wrong-value',
  'commander.conflictingOption': 'conflict',
}

/** A wrong call in the language of the terminal: commander speaks English only, but quotes what it stumbled over. */
export function describeUsageError(error: CommanderError, text: Translate): string {
  const subject = /'([^']*)'/.exec(error.message)?.[1] ?? ''
  return `${text(`cli:usage.${texts[error.code] ?? 'incomplete'}`, { subject })}\n${text('cli:usage.help')}`
}
