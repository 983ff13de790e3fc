import type { ZippedFile } from '../../../lib/zip/write-zip.ts'
import type { ApiParts } from '../../api-parts.ts'
import { seesEverything } from '../../caller.ts'
import { chainFiles } from './chain-files.ts'
import type { EvidenceScope } from './evidence-scope.ts'
import { messageFiles } from './message-files.ts'
import { readme } from './readme.ts'
import { requestFiles } from './request-files.ts'

/** All files of an export, read one after the other. */
export async function* collectEvidence(
  { context, signingKey }: Pick<ApiParts, 'context' | 'signingKey'>,
  scope: EvidenceScope,
): AsyncGenerator<ZippedFile> {
  const { request, messages, caller, locale } = scope
  if (!seesEverything(caller)) throw new Error('evidence is for those who see everything')
  yield { name: 'README.txt', octets: Buffer.from(readme(scope, { isSigned: signingKey !== null })) }
  if (request !== null) {
    yield* requestFiles(context.db, request, caller, { withFiles: scope.isWhole })
    yield* chainFiles(context.db, signingKey, {
      requestId: request.id,
      isOver: request.status !== 'open',
      locale,
    })
  }
  yield* messageFiles(context, messages, locale)
}
