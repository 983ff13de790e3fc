import type { PGlite } from '@electric-sql/pglite'
import { OperatorError } from '../lib/operator-error.ts'
import type { DurableFileSystem } from './durable-file-system.ts'

/**
 * Commits a little and looks whether the disk was asked to keep it. Throws `OperatorError` when not: a power cut could
 * then take back decisions that people were told of.
 */
export async function proveDurability(lite: PGlite, fileSystem: DurableFileSystem): Promise<void> {
  const before = fileSystem.syncs
  // A transactional message is a commit record in the write-ahead log and nothing else.
  await lite.query("select pg_logical_emit_message(true, 'countersign', 'durability')")
  if (fileSystem.syncs > before) return
  throw new OperatorError('commits-not-durable')
}
