import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { EditorState } from '@codemirror/state'
import { EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { styleNonce } from '../../../app/style-nonce.ts'
import { problemLines, type SaidProblem, setProblems } from './problem-lines.ts'

export interface EditorHandle {
  /** Shows another text; what is shown already is left alone, with its cursor. */
  setText(text: string): void
  /** Shows these below their lines, in place of those before. */
  setProblems(problems: SaidProblem[]): void
  /** Puts the cursor into a line, counted from 1. */
  goTo(line: number): void
  close(): void
}

const look = EditorView.theme({
  '&': { fontSize: '14px', maxHeight: '70vh', background: 'var(--ground)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    fontFamily: 'var(--mantine-font-family-monospace)',
    lineHeight: '22px',
    overflow: 'auto',
  },
  '.cm-content': { caretColor: 'var(--mantine-color-text)', padding: '8px 0' },
  '.cm-cursor': { borderLeftColor: 'var(--mantine-color-text)' },
  '.cm-gutters': {
    background: 'var(--ground-quiet)',
    color: 'var(--mantine-color-dimmed)',
    borderRight: '1px solid var(--line)',
  },
  '.cm-activeLine': { background: 'var(--state-quiet-ground)' },
})

/** Told apart by weight and the greys and colours that the pages have, in both themes. */
const colours = HighlightStyle.define([
  { tag: tags.definition(tags.propertyName), color: 'var(--mantine-color-anchor)', fontWeight: '500' },
  { tag: tags.string, color: 'var(--state-done)' },
  { tag: tags.comment, color: 'var(--mantine-color-dimmed)', fontStyle: 'italic' },
])

/** An editor of YAML in `parent`. Tab leaves it, as it leaves any field. */
export function openEditor(
  parent: HTMLElement,
  {
    text,
    label,
    isReadOnly,
    onChange,
  }: { text: string; label: string; isReadOnly: boolean; onChange: (text: string) => void },
): EditorHandle {
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        EditorView.cspNonce.of(styleNonce()),
        lineNumbers(),
        history(),
        keymap.of([...defaultKeymap, ...historyKeymap]),
        yaml(),
        syntaxHighlighting(colours),
        look,
        EditorView.lineWrapping,
        EditorState.readOnly.of(isReadOnly),
        EditorView.contentAttributes.of({
          'aria-label': label,
          'aria-readonly': String(isReadOnly),
          spellcheck: 'false',
          tabindex: '0',
        }),
        ...(isReadOnly ? [] : [highlightActiveLine()]),
        problemLines,
        EditorView.updateListener.of((update) => {
          if (update.docChanged) onChange(update.state.doc.toString())
        }),
      ],
    }),
  })
  return {
    setText(next) {
      if (next === view.state.doc.toString()) return
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next } })
    },
    setProblems: (problems) => view.dispatch({ effects: setProblems.of(problems) }),
    goTo(line) {
      const { doc } = view.state
      const at = doc.line(Math.min(Math.max(line, 1), doc.lines))
      view.dispatch({
        selection: { anchor: at.from },
        effects: EditorView.scrollIntoView(at.from, { y: 'center' }),
      })
      view.focus()
    },
    close: () => view.destroy(),
  }
}
