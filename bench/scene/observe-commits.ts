import pg from 'pg'

type Query = (...parameters: unknown[]) => unknown

interface Answer {
  rowCount: number | null
}

export interface CommitObserver {
  /** Commits that changed something, by what they changed, in order of the first time. */
  commits(): Map<string, number>
  /** How many these are together. */
  total(): number
  clear(): void
  stop(): void
}

const writes =
  /\b(insert into|update|delete from)\s+(?!set\b)(?:only\s+)?([\w."]+)|\bfor (?:no key )?update\b/gi
const isBlock = /^\s*begin\b[\s\S]*;/i

/**
 * Watches what goes through `pg` in this process, to say which work makes how many commits. A statement that changed no
 * row counts for nothing: it writes no commit to the log.
 */
export function observeCommits(): CommitObserver {
  const prototype = pg.Client.prototype as unknown as { query: Query }
  const original = prototype.query
  const open = new WeakMap<object, Set<string>>()
  const counts = new Map<string, number>()
  const commit = (work: Set<string>) => {
    if (work.size === 0) return
    const label = [...work].join(', ')
    counts.set(label, (counts.get(label) ?? 0) + 1)
  }

  function note(client: object, text: string, answer: Answer | Answer[]): void {
    if (/^\s*(begin|start transaction)\s*;?\s*$/i.test(text)) open.set(client, new Set())
    else if (/^\s*(commit|rollback)\s*;?\s*$/i.test(text)) {
      if (/commit/i.test(text)) commit(open.get(client) ?? new Set())
      open.delete(client)
    } else {
      const changed = [answer].flat().some(({ rowCount }) => (rowCount ?? 0) > 0)
      const work = changed ? workIn(text) : []
      if (isBlock.test(text)) commit(new Set(work))
      else if (open.has(client)) for (const one of work) open.get(client)?.add(one)
      else commit(new Set(work))
    }
  }

  prototype.query = function (this: object, ...parameters: unknown[]) {
    const [first, last] = [parameters[0], parameters.at(-1)]
    const text = typeof first === 'string' ? first : String((first as { text?: unknown })?.text ?? '')
    if (typeof last === 'function') {
      const done = (error: unknown, answer: Answer) => {
        if (!error) note(this, text, answer)
        last(error, answer)
      }
      return original.apply(this, [...parameters.slice(0, -1), done])
    }
    const answered = original.apply(this, parameters) as Promise<Answer>
    return answered.then((answer) => {
      note(this, text, answer)
      return answer
    })
  }
  return {
    commits: () => counts,
    total: () => [...counts.values()].reduce((sum, count) => sum + count, 0),
    clear: () => counts.clear(),
    stop() {
      prototype.query = original
    },
  }
}

/** A statement says within so many characters what it does; the rest is its many values. */
const LOOKED_AT = 4_000

/** Such as `insert decision`, `update pgboss.job`. */
function workIn(text: string): string[] {
  return [...text.slice(0, LOOKED_AT).matchAll(writes)].map(([all, verb, table]) =>
    verb === undefined
      ? all.toLowerCase()
      : `${verb.split(' ')[0]?.toLowerCase()} ${table?.replaceAll('"', '')}`,
  )
}
