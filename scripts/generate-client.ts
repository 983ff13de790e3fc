/** The types of the pages' API client, from the OpenAPI document. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import openapiTS, { astToString, COMMENT_HEADER } from 'openapi-typescript'

const target = join(import.meta.dirname, '../web/src/api/schema.ts')

/** Writes them, or only compares when `check` is set. Returns whether they were fresh already. */
export async function generateClient(document: object, { check }: { check: boolean }): Promise<boolean> {
  const types = await openapiTS(JSON.stringify(document))
  const text = `${COMMENT_HEADER}${astToString(types)}`
  const committed = await readFile(target, 'utf8').catch(() => '')
  if (committed === text) return true
  if (!check) await writeFile(target, text)
  return false
}
