import { StateEffect, StateField, type Text } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view'
import classes from './problem-lines.module.css'

/** What is said of a line, counted from 1. */
export interface SaidProblem {
  line: number
  severity: 'error' | 'warning'
  text: string
}

export const setProblems = StateEffect.define<SaidProblem[]>()

/** The problems of a text, each below its line; they move with the lines while one types. */
export const problemLines = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(shown, { changes, effects, state }) {
    const told = effects.find((effect) => effect.is(setProblems))
    return told ? decorate(told.value, state.doc) : shown.map(changes)
  },
  provide: (field) => EditorView.decorations.from(field),
})

function decorate(problems: SaidProblem[], text: Text): DecorationSet {
  const ranges = problems
    .filter(({ line }) => line >= 1 && line <= text.lines)
    .flatMap((problem) => {
      const line = text.line(problem.line)
      const marked = Decoration.line({ class: classes[problem.severity] ?? '' })
      const below = Decoration.widget({ widget: new SaidBelow(problem), block: true, side: 1 })
      return [marked.range(line.from), below.range(line.to)]
    })
  return Decoration.set(ranges, true)
}

class SaidBelow extends WidgetType {
  private readonly problem: SaidProblem
  constructor(problem: SaidProblem) {
    super()
    this.problem = problem
  }
  override eq(other: SaidBelow) {
    return JSON.stringify(other.problem) === JSON.stringify(this.problem)
  }
  toDOM() {
    const element = document.createElement('div')
    element.className = classes.said ?? ''
    element.dataset.severity = this.problem.severity
    element.textContent = this.problem.text
    return element
  }
}
