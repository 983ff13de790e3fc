import type { LocalText } from '../../../parts/local-text.ts'
import type { Definition, Step } from '../processes.ts'

/** What stands in a picture of a process. */
export type FlowNode =
  | { id: string; kind: 'start' }
  | { id: string; kind: 'step'; step: Step }
  | { id: string; kind: 'end'; title: LocalText }

/** One way from a node to another, with all the answers that lead there. */
export interface FlowEdge {
  from: string
  to: string
  answers: { label: LocalText; needsComment: boolean }[]
}

export interface Flow {
  nodes: FlowNode[]
  edges: FlowEdge[]
}

// Steps and endings have names of their own; one of each may be called alike.
const stepId = (name: string) => `step ${name}`
const endId = (name: string) => `end ${name}`

/** The steps of a process, its ends, and which answers lead from one to another. */
export function flowOf({ steps, endings }: Definition): Flow {
  const nodes: FlowNode[] = [
    { id: 'start', kind: 'start' },
    ...steps.map((step): FlowNode => ({ id: stepId(step.name), kind: 'step', step })),
    ...Object.entries(endings).map(([name, title]): FlowNode => ({ id: endId(name), kind: 'end', title })),
  ]
  const [first] = steps
  const begin = first ? [{ from: 'start', to: stepId(first.name), answers: [] }] : []
  return { nodes, edges: [...begin, ...steps.flatMap(waysFrom)] }
}

function waysFrom({ name, question, transitions }: Step): FlowEdge[] {
  const ways = new Map<string, FlowEdge>()
  for (const { result, label, comment } of question.choices) {
    const next = transitions[result]
    if (next === undefined) continue
    const to = next.to === 'end' ? endId(next.ending) : stepId(next.step)
    const way = ways.get(to) ?? { from: stepId(name), to, answers: [] }
    way.answers.push({ label, needsComment: comment === 'required' })
    ways.set(to, way)
  }
  return [...ways.values()]
}
