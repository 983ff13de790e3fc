import { Stack } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemError } from '../../api/problem-error.ts'
import { Callout } from '../../parts/callout.tsx'
import { ErrorState } from '../../parts/error-state.tsx'
import { LeaveGuard } from '../../parts/leave-guard.tsx'
import { SaveBar, type Saved } from '../../parts/save-bar.tsx'
import { MailboxChoice } from './definition/mailbox-choice.tsx'
import { ProcessViews } from './process-views.tsx'
import type { Version } from './processes.ts'
import { type Base, useDraft } from './use-draft.ts'

/** A process that may be changed: every view shows the draft, and nothing of it counts before it is saved. */
export function ProcessEditor({ version }: { version: Version }) {
  const { name, source, mailbox } = version
  return <DraftEditor base={{ version: version.version, name, source, mailbox }} />
}

/** The same of a text that need not be a process yet. */
export function DraftEditor({ base }: { base: Base }) {
  const { t } = useTranslation('processes')
  const navigate = useNavigate()
  const draft = useDraft(base)
  const [failure, setFailure] = useState<unknown>(null)
  const [isSaving, setIsSaving] = useState(false)
  const [saved, setSaved] = useState<Saved | null>(null)
  const isLeaving = useRef(false)
  const { check, isDirty } = draft
  const isChecked = draft.checkedText === draft.text
  const becomes = isChecked ? check?.becomes : undefined
  const isOther = becomes && draft.base.name !== null && becomes.name !== draft.base.name
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was said of another text says nothing of this one
  useEffect(() => setFailure(null), [draft.text])

  async function save() {
    setIsSaving(true)
    setFailure(null)
    setSaved(null)
    try {
      isLeaving.current = true
      const { name, version, changed } = await draft.save()
      setSaved({ notes: [t(changed ? 'saved.version' : 'saved.same', { version })] })
      if (name !== base.name) await navigate({ to: '/processes/$name', params: { name }, search: {} })
    } catch (error) {
      setFailure(error)
    } finally {
      isLeaving.current = false
      setIsSaving(false)
    }
  }

  // Nothing is lost by it, and nothing can be shown without.
  if (draft.checkError !== null && !isDirty) {
    return <ErrorState error={draft.checkError} onRetry={draft.checkAgain} />
  }
  return (
    <Stack gap="lg">
      {isOther && isDirty && (
        <Callout kind="waiting" role="status" title={t('other.title', { name: becomes.name })}>
          {t('other.detail')}
        </Callout>
      )}
      {failure !== null && (
        <Callout
          kind="failed"
          role="alert"
          title={failure instanceof ProblemError ? failure.problem.title : t('error.title')}
        >
          {failure instanceof ProblemError ? failure.problem.detail : t('error.detail')}
        </Callout>
      )}
      <MailboxChoice draft={draft} />
      <ProcessViews
        name={draft.base.name}
        text={draft.text}
        checkedText={draft.checkedText}
        definition={check?.definition ?? null}
        problems={check?.problems ?? []}
        isUnchecked={check === undefined}
        onChange={(text) => {
          setSaved(null)
          draft.setText(text)
        }}
        base={draft.base.source}
      />
      <SaveBar
        isDirty={isDirty}
        isSaving={isSaving}
        saved={saved}
        onDiscard={draft.discard}
        onSave={save}
        saveLabel={becomes?.changed ? t('save', { version: becomes.version }) : undefined}
        isBlocked={isChecked && check?.ok === false}
        note={noteOf()}
      />
      <LeaveGuard isActive={() => isDirty && !isLeaving.current} />
    </Stack>
  )

  function noteOf(): string {
    if (draft.checkError) return t('check.failed')
    if (!isChecked || check === undefined) return t('check.running')
    const errors = check.problems.filter(({ severity }) => severity === 'error').length
    if (errors > 0) return t('check.errors', { count: errors })
    return t(check.problems.length > 0 ? 'check.warnings' : 'check.ok')
  }
}
