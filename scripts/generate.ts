/**
 * Writes what is generated and committed: the HTML of mails from MJML, the JSON Schema of process definitions, the
 * OpenAPI document and the types of the pages' client. `--check` writes nothing and exits 1 when something is stale.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { openApiDocument } from '../src/api/open-api-document.ts'
import { processJsonSchema } from '../src/approvals/model/process-json-schema.ts'
import { generateClient } from './generate-client.ts'
import { generateMails } from './generate-mails.ts'

const check = process.argv.includes('--check')

async function keep(path: string, value: object): Promise<boolean> {
  const text = `${JSON.stringify(value, null, 2)}\n`
  const committed = await readFile(path, 'utf8').catch(() => '')
  if (committed === text) return true
  if (!check) await writeFile(path, text)
  return false
}

const openApi = await openApiDocument()
const fresh: [string, boolean][] = [
  ['src/outbound/compose/generated', await generateMails({ check })],
  ['schema/process.schema.json', await keep('schema/process.schema.json', processJsonSchema())],
  ['openapi.json', await keep('openapi.json', openApi)],
  ['web/src/api/schema.ts', await generateClient(openApi, { check })],
]
for (const [path, isFresh] of fresh) {
  if (!isFresh) console.log(check ? `${path} is stale: run "npm run generate"` : `${path} written`)
}
if (check && fresh.some(([, isFresh]) => !isFresh)) process.exitCode = 1
