import type { Replayed } from './replay.ts'
import { differences, type Saying } from './saying.ts'

/** The difference that a replayed message makes: what it said and would say (null: it cannot be read), and in what. */
export interface Change {
  was: Saying | null
  now: Saying | null
  differs: (keyof Saying)[]
}

/** Changes that are alike but for what is in the comments. */
export interface ChangeGroup {
  was: GroupedSaying | null
  now: GroupedSaying | null
  differs: (keyof Saying)[]
  count: number
}

export type GroupedSaying = Pick<
  Saying,
  'kind' | 'answers' | 'confirm' | 'reason' | 'instruction' | 'automatic'
>

export interface ReplayCounts {
  /** Messages that were read again and say the same. */
  same: number
  changed: number
  /** Not read again: erased by retention, lost or altered in the store, of a step that the new definition lacks. */
  erased: number
  lost: number
  stepGone: number
  /** The most frequent first. */
  groups: ChangeGroup[]
  /** Changed messages beyond the groups that are told apart. */
  ungrouped: number
}

/** Amounts and dates are answers too: somebody may have given a different one each time. */
const MOST_GROUPS = 100

/** Counts messages as they are replayed; memory is bounded by the groups. */
export function countReplayed(): {
  /** Counts one, and returns the change that it is; null for one that is none. */
  add(replayed: Replayed): Change | null
  counts(): ReplayCounts
} {
  const counted = { same: 0, changed: 0, erased: 0, lost: 0, stepGone: 0, ungrouped: 0 }
  const groups = new Map<string, ChangeGroup>()

  function group(change: Change): void {
    const alike = { was: grouped(change.was), now: grouped(change.now), differs: change.differs }
    const key = JSON.stringify(alike)
    const known = groups.get(key)
    if (known) known.count += 1
    else if (groups.size < MOST_GROUPS) groups.set(key, { ...alike, count: 1 })
    else counted.ungrouped += 1
  }

  return {
    add({ was, now }) {
      if (now.kind === 'erased') counted.erased += 1
      else if (now.kind === 'lost') counted.lost += 1
      else if (now.kind === 'step-gone') counted.stepGone += 1
      else {
        const saying = now.kind === 'read' ? now.saying : null
        const differs = differences(was, saying)
        counted[differs.length === 0 ? 'same' : 'changed'] += 1
        if (differs.length === 0) return null
        const change = { was, now: saying, differs }
        group(change)
        return change
      }
      return null
    },
    counts: () => ({
      ...counted,
      groups: [...groups.values()].toSorted((one, other) => other.count - one.count),
    }),
  }
}

function grouped(saying: Saying | null): GroupedSaying | null {
  if (saying === null) return null
  const { kind, answers, confirm, reason, instruction, automatic } = saying
  return { kind, answers, confirm, reason, instruction, automatic }
}
