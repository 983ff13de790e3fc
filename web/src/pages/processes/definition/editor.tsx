import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../processes.ts'
import classes from './editor.module.css'
import { type EditorHandle, openEditor } from './open-editor.ts'

interface EditorProps {
  text: string
  label: string
  /** Null while they are of another text. */
  problems: Problem[] | null
  /** Where to go. */
  line: number | null
  /** Left out where nothing may be changed. */
  onChange?: ((text: string) => void) | undefined
}

/** A text of YAML with its line numbers, and below each line what the checker says of it. */
export default function Editor({ text, label, problems, line, onChange }: EditorProps) {
  const { t } = useTranslation('processes')
  const frame = useRef<HTMLDivElement>(null)
  const handle = useRef<EditorHandle>(null)
  const change = useRef(onChange)
  change.current = onChange
  const first = useRef(text)
  const isReadOnly = onChange === undefined
  useEffect(() => {
    if (frame.current === null) return
    const opened = openEditor(frame.current, {
      text: first.current,
      label,
      isReadOnly,
      onChange: (changed) => change.current?.(changed),
    })
    handle.current = opened
    return () => opened.close()
  }, [label, isReadOnly])
  useEffect(() => {
    first.current = text
    handle.current?.setText(text)
  }, [text])
  useEffect(() => {
    if (problems === null) return
    const said = problems.map(({ line = 1, severity, message }) => ({
      line,
      severity,
      text: t(`said.${severity}`, { message }),
    }))
    handle.current?.setProblems(said)
  }, [problems, t])
  useEffect(() => {
    if (line !== null) handle.current?.goTo(line)
  }, [line])
  return <div ref={frame} className={classes.frame} />
}
