import type { Definition, Problem } from './processes.ts'

/** The ways to look at a process, in the order in which they are offered. */
export const views = ['flow', 'definition', 'keywords', 'mail', 'versions'] as const
export type View = (typeof views)[number]

/** The one in an address; none for the first. */
export function viewIn({ view }: Record<string, unknown>): { view?: View } {
  const known = views.find((one) => one === view)
  return known === undefined || known === 'flow' ? {} : { view: known }
}

/** What every one of them is shown. */
export interface ViewsProps {
  /** Null for a process that there is not yet. */
  name: string | null
  text: string
  /** The text that `definition` and `problems` are of, when it can be another. */
  checkedText?: string
  /** As the server understands it; null when it has errors. */
  definition: Definition | null
  problems: Problem[]
  /** Whether the server has not answered yet. */
  isUnchecked?: boolean
  /** Left out where nothing may be changed. */
  onChange?: (text: string) => void
  /** The text that the changes are told apart from. */
  base?: string
}
