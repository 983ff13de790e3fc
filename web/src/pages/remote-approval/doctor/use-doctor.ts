import { useRef, useState } from 'react'
import { api } from '../../../api/client.ts'
import { ProblemError, problemIn } from '../../../api/problem-error.ts'
import type { components } from '../../../api/schema.ts'

export type Check = components['schemas']['MailboxCheck']

export interface Examination {
  state: 'idle' | 'running' | 'done' | 'failed'
  checks: Check[]
  /** Whether no step failed; known at the end. */
  ok: boolean
  error: unknown
}

const idle: Examination = { state: 'idle', checks: [], ok: false, error: null }

/** Tests a mailbox as the server does it, step by step; what was found so far is there at once. */
export function useDoctor(name: string): { examination: Examination; examine: () => Promise<void> } {
  const [examination, setExamination] = useState(idle)
  const run = useRef(0)

  async function examine() {
    const current = ++run.current
    // Whoever starts again is told of the new run alone.
    const show = (change: (before: Examination) => Examination) => {
      if (run.current === current) setExamination(change)
    }
    show(() => ({ ...idle, state: 'running' }))
    try {
      let isComplete = false
      for await (const line of linesOfCheck(name)) {
        if ('outcome' in line) show((before) => ({ ...before, checks: [...before.checks, line] }))
        else {
          isComplete = true
          show((before) => ({ ...before, state: 'done', ok: line.ok }))
        }
      }
      if (!isComplete) throw new Error('the answer was cut off')
    } catch (error) {
      show((before) => ({ ...before, state: 'failed', error }))
    }
  }

  return { examination, examine }
}

/** The lines of the server's answer (NDJSON) as they come: a check each, and the outcome last. */
async function* linesOfCheck(name: string): AsyncGenerator<Check | { ok: boolean }> {
  const { data, error, response } = await api.POST('/api/mailboxes/{name}/check', {
    params: { path: { name } },
    headers: { accept: 'application/x-ndjson' },
    parseAs: 'stream',
  })
  const problem = problemIn(error)
  if (problem !== null) throw new ProblemError(problem)
  if (!response.ok || !data) throw new Error(`HTTP ${response.status}`)
  const reader = data.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (;;) {
    const { done, value = '' } = await reader.read()
    const lines = (rest + value).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line !== '') yield JSON.parse(line)
    if (done) return
  }
}
