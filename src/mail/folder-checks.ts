import { ok } from './finding.ts'
import type { CheckStep, Finding } from './mailbox.ts'

/** How a protocol looks at the folders that we work in. */
interface FolderLooks {
  /** The steps without which no folder can be read. */
  needs: CheckStep['needs']
  /** Reads Inbox, and tells of it. */
  inbox(signal: AbortSignal): Promise<Finding>
  /** The folder for what is put aside, as the protocol names it, and whether it is there yet. */
  processed(signal: AbortSignal): Promise<{ name: string; isThere: boolean }>
  /** Reads Junk Email, and tells of it; null where it is not watched. */
  junk: ((signal: AbortSignal) => Promise<Finding>) | null
}

/** The steps that look at Inbox, at where messages are put aside, and at Junk Email. */
export function folderChecks({ needs, inbox, processed, junk }: FolderLooks): CheckStep[] {
  const steps: CheckStep[] = [
    { id: 'read-mailbox', needs, run: inbox },
    {
      id: 'processed-folder',
      needs: ['read-mailbox'],
      async run(signal) {
        const { name, isThere } = await processed(signal)
        return {
          ...ok(name),
          mend: isThere ? null : { key: 'doctor:processed-folder.comes-later', values: {} },
        }
      },
    },
  ]
  return junk === null ? steps : [...steps, { id: 'junk', needs: ['read-mailbox'], run: junk }]
}
