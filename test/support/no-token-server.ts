import { ok } from '../../src/mail/finding.ts'

/** What a token source lacks that was made up for a test: a server behind it. */
export const noTokenServer = { checkServer: async () => ok('no token server') }
