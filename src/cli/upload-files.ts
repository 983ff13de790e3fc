import { basename } from 'node:path'
import type { z } from 'zod'
import type { fileView } from '../api/file-view.ts'
import { FILE_LIMIT, inMegabytes } from '../approvals/model/file-limits.ts'
import { typeByName } from '../lib/harmless-type.ts'
import type { ApiClient } from './api-client.ts'
import type { Cli } from './cli.ts'
import { CliError } from './cli-error.ts'
import { readInputFile } from './read-input-file.ts'

/**
 * Uploads files for a request that is to be made, and returns their ids, in order. All are read first, so that one that
 * cannot be read leaves none behind. Throws `CliError`, `ApiRefusal`.
 */
export async function uploadFiles(api: ApiClient, paths: string[], { text }: Cli): Promise<string[]> {
  const files = await Promise.all(
    paths.map(async (path) => ({ name: basename(path), content: await readInputFile(path, text) })),
  )
  const large = files.find(({ content }) => content.length > FILE_LIMIT)
  if (large) {
    // Refused here, for a server that refuses while it is sent to is not heard.
    const detail = text('errors:file-too-large.detail', { limit: inMegabytes(FILE_LIMIT) })
    throw new CliError('file-too-large', `${large.name}: ${detail}`)
  }
  const ids: string[] = []
  for (const { name, content } of files) {
    const { id } = await api<z.output<typeof fileView>>({
      method: 'POST',
      path: `/api/files?name=${encodeURIComponent(name)}`,
      octets: { type: typeByName(name), content },
    })
    ids.push(id)
  }
  return ids
}
