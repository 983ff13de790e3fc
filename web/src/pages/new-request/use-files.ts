import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemError } from '../../api/problem-error.ts'
import { useFileSize } from '../../parts/file-size.ts'
import { type AttachedFile, type KeptFile, keptOf } from './attached-file.ts'
import { type ProcessForm, removeFile } from './processes.ts'
import { uploadFile } from './upload-file.ts'

export interface Files {
  all: AttachedFile[]
  add(files: File[]): void
  remove(key: string): void
  clear(): void
  /** Says at its file what the server has refused. */
  refuse(id: string, words: string): void
  /** What the form has once nothing is on its way any more. */
  settled(): Promise<AttachedFile[]>
}

/**
 * The files of the form: each goes to the server when it is added, one after another, and waits there as a draft. Those
 * of a page that is left without sending are removed; `onChange` hears of what is kept.
 */
export function useFiles({
  kept,
  limits,
  isSent,
  onChange,
}: {
  kept: KeptFile[]
  limits: ProcessForm['fileLimits']
  isSent: () => boolean
  onChange: (files: KeptFile[]) => void
}): Files {
  const { t } = useTranslation('new-request')
  const sizeOf = useFileSize()
  const [all, setAll] = useState(() =>
    kept.map(({ id, name, size }): AttachedFile => ({ key: id, name, size, state: { kind: 'kept', id } })),
  )
  // What happens while a file is on its way must see what was done meanwhile.
  const now = useRef(all)
  const queue = useRef(Promise.resolve())
  const leaving = useRef(new Map<string, AbortController>())

  function change(files: AttachedFile[]): void {
    now.current = files
    setAll(files)
    onChange(keptOf(files))
  }

  function setState(key: string, state: AttachedFile['state']): void {
    change(now.current.map((one) => (one.key === key ? { ...one, state } : one)))
  }

  /** Why a file cannot be added beside the others; null when it can. */
  function faultOf(file: File, others: AttachedFile[]): string | null {
    const there = others.filter(({ state }) => state.kind !== 'failed')
    const together = there.reduce((sum, { size }) => sum + size, file.size)
    if (file.size === 0) return t('files.empty')
    if (file.size > limits.octets) return t('files.too-large', { limit: sizeOf(limits.octets) })
    if (there.length >= limits.files) return t('files.too-many', { limit: limits.files })
    return together > limits.together
      ? t('files.too-large-together', { limit: sizeOf(limits.together) })
      : null
  }

  function add(files: File[]): void {
    for (const file of files) {
      const key = crypto.randomUUID()
      const words = faultOf(file, now.current)
      const state: AttachedFile['state'] =
        words === null ? { kind: 'going', share: 0 } : { kind: 'failed', words }
      change([...now.current, { key, name: file.name, size: file.size, state }])
      if (words === null) queue.current = queue.current.then(() => send(key, file))
    }
  }

  async function send(key: string, file: File): Promise<void> {
    // Removed while it waited for the others.
    if (!now.current.some((one) => one.key === key)) return
    const controller = new AbortController()
    leaving.current.set(key, controller)
    try {
      const id = await uploadFile(file, {
        signal: controller.signal,
        onProgress: (share) => setState(key, { kind: 'going', share }),
      })
      if (now.current.some((one) => one.key === key)) setState(key, { kind: 'kept', id })
      else void removeFile(id)
    } catch (error) {
      const words = error instanceof ProblemError ? error.problem.detail : t('files.unreachable')
      if (!controller.signal.aborted) setState(key, { kind: 'failed', words })
    } finally {
      leaving.current.delete(key)
    }
  }

  function letGo(files: AttachedFile[]): void {
    for (const { key } of files) leaving.current.get(key)?.abort(new Error('removed'))
    for (const { id } of keptOf(files)) void removeFile(id)
  }

  const atEnd = useRef(() => {})
  atEnd.current = () => {
    if (!isSent()) letGo(now.current)
  }
  useEffect(() => () => atEnd.current(), [])

  return {
    all,
    add,
    remove(key) {
      letGo(now.current.filter((one) => one.key === key))
      change(now.current.filter((one) => one.key !== key))
    },
    clear() {
      letGo(now.current)
      change([])
    },
    refuse(id, words) {
      change(
        now.current.map((one) =>
          one.state.kind === 'kept' && one.state.id === id
            ? { ...one, state: { kind: 'failed', words } }
            : one,
        ),
      )
    },
    async settled() {
      await queue.current
      return now.current
    },
  }
}
