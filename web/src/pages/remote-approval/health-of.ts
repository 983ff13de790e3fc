import type { StateKind } from '../../parts/state-badge.tsx'
import type { Mailbox } from './mailboxes.ts'

/** How a mailbox does, in one word of the catalogue below `health`. */
export interface Health {
  word: 'working' | 'starting' | 'trouble' | 'stopped' | 'off' | 'detached'
  kind: StateKind
}

export function healthOf({
  state,
  trouble,
  lastReceivedAt,
}: Pick<Mailbox, 'state' | 'trouble' | 'lastReceivedAt'>): Health {
  switch (state) {
    case 'running':
      if (trouble !== null) return { word: 'trouble', kind: 'failed' }
      return lastReceivedAt === null
        ? { word: 'starting', kind: 'waiting' }
        : { word: 'working', kind: 'done' }
    case 'paused':
      return { word: 'stopped', kind: 'failed' }
    case 'disabled':
      return { word: 'off', kind: 'quiet' }
    case 'detached':
      return { word: 'detached', kind: 'waiting' }
  }
}
