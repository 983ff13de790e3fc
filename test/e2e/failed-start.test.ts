import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const program = join(import.meta.dirname, '..', '..', 'src', 'main.ts')
/** Many times what it takes, to a new database, on a busy machine: a server that runs on is killed then. */
const MOST_MS = 150_000

test('a server that cannot start says why and ends, so that whatever watches it sees it', {
  timeout: 2 * MOST_MS,
}, async () => {
  const directory = await mkdtemp(join(tmpdir(), 'countersign-failed-start-'))
  const file = join(directory, 'file')
  await writeFile(file, '')
  const env = {
    PATH: process.env.PATH,
    COUNTERSIGN_DATA: join(directory, 'data'),
    COUNTERSIGN_RAW_DIRECTORY: join(file, 'messages'),
    COUNTERSIGN_PORT: '0',
  }
  const started = promisify(execFile)(process.execPath, [program, 'serve'], { env, timeout: MOST_MS })
  await expect(started).rejects.toMatchObject({
    killed: false,
    stderr: expect.stringContaining('another directory in COUNTERSIGN_RAW_DIRECTORY'),
  })
  await rm(directory, { recursive: true })
})
