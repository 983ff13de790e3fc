// Takes the lock of the directory in argv[2] and keeps it until it is told to end, or says who has it.
// Answers "taken" or "refused" on standard output; starts when a line comes in, so that several start together.
import { once } from 'node:events'
import { acquireLock } from '../../../src/store/data-directory-lock.ts'

const [, , directory = ''] = process.argv
process.stdout.write('ready\n')
await once(process.stdin, 'data')
try {
  const lock = await acquireLock(directory)
  process.stdout.write('taken\n')
  await once(process.stdin, 'data')
  await lock.release()
} catch {
  process.stdout.write('refused\n')
}
process.stdin.destroy()
