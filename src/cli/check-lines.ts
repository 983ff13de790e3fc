import type { z } from 'zod'
import type { checkView } from '../api/routes/mailboxes/check-view.ts'
import type { Cli } from './cli.ts'

type Told = Pick<z.output<typeof checkView>, 'outcome' | 'title' | 'evidence' | 'mend'>

/** A step of the doctor as lines: what it found, and indented below what mends it. */
export function checkLines({ outcome, title, evidence, mend }: Told, { text }: Pick<Cli, 'text'>): string[] {
  const found = evidence === '' ? title : text('cli:mailbox.check.found', { title, evidence })
  return [
    `${text(`cli:mailbox.check.${outcome}`)}  ${found}`,
    ...(mend === null ? [] : mend.split('\n').map((line) => `    ${line}`)),
  ]
}
