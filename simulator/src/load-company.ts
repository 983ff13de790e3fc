import { readFile } from 'node:fs/promises'
import type { Company } from './company.ts'
import { readCompany } from './read-settings.ts'

/**
 * Reads a company file: JSON with the members of `Company`.
 * @throws Error when the file is missing or is no JSON
 * @throws InvalidInput when a member is missing, unknown, or has a value that does not fit
 */
export async function loadCompany(path: string): Promise<Company> {
  return readCompany(JSON.parse(await readFile(path, 'utf8')))
}
