import { dirname, resolve } from 'node:path'
import type { Cli } from './cli.ts'
import { readDataFile } from './read-data-file.ts'
import { readInputFile } from './read-input-file.ts'

/** Where a settings file may name another file, and which setting its content stands for. */
const namedFiles: readonly { section: string[]; file: string; setting: string; as: 'utf8' | 'base64' }[] = [
  { section: ['mailbox'], file: 'extraCaFile', setting: 'extraCa', as: 'utf8' },
  { section: ['oauth', 'certificate'], file: 'pemFile', setting: 'pem', as: 'utf8' },
  { section: ['oauth', 'certificate'], file: 'pfxFile', setting: 'pfx', as: 'base64' },
]

/**
 * Settings of a mailbox from a YAML or JSON file. The files that it names, beside it, are read in their place; they are
 * judged where the settings are. Throws `CliError` for a file that cannot be read.
 */
export async function readMailboxFile(path: string, cli: Pick<Cli, 'text' | 'locale'>): Promise<unknown> {
  const form = await readDataFile(path, cli)
  for (const { section, file, setting, as } of namedFiles) {
    const place = section.reduce<unknown>((within, name) => memberOf(within, name), form)
    const named = memberOf(place, file)
    // With both, the setting is left beside the file's name, and refused as one too many.
    if (!isRecord(place) || typeof named !== 'string' || setting in place) continue
    place[setting] = (await readInputFile(resolve(dirname(path), named), cli.text)).toString(as)
    delete place[file]
  }
  return form
}

function memberOf(value: unknown, name: string): unknown {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
