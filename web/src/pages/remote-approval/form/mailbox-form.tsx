import { Stack } from '@mantine/core'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemError } from '../../../api/problem-error.ts'
import { LeaveGuard } from '../../../parts/leave-guard.tsx'
import { SaveBar, type Saved } from '../../../parts/save-bar.tsx'
import type { Mailbox, MailboxBody } from '../mailboxes.ts'
import { bodyOf } from './body-of.ts'
import { fieldOf, inFormWords } from './field-paths.ts'
import classes from './form.module.css'
import { MailboxFormProvider, useMailboxForm } from './form-context.ts'
import { MailServerPanel } from './mail-server-panel.tsx'
import { hasApplication, type MailboxValues } from './mailbox-values.ts'
import { MorePanel } from './more-panel.tsx'
import { RefusedField } from './refused-field.ts'
import { RemoteApprovalPanel } from './remote-approval-panel.tsx'
import { UnplacedProblems } from './unplaced-problems.tsx'

interface MailboxFormProps {
  initial: MailboxValues
  /** Null for a new one. */
  stored: Mailbox | null
  /** Sends it; resolves with what the form shows from then on and with what was put right, null when the page is left. */
  save: (name: string, body: MailboxBody) => Promise<{ values: MailboxValues; notes: string[] } | null>
  /** Stands above the fields of the mail server. */
  children?: ReactNode
  /** Stands beside the form, and may depend on whether something was changed in it. */
  aside?: (isDirty: boolean) => ReactNode
}

/** As the API takes them. */
const namePattern = /^[a-z0-9][a-z0-9-]{0,29}$/

/** The Remote Approval tab: the fields in the guide's order, checked by the server, which is told nothing before Save. */
export function MailboxForm({ initial, stored, save, children, aside }: MailboxFormProps) {
  const { t } = useTranslation('remote-approval')
  const kept = stored?.credential?.kind ?? null
  const form = useMailboxForm({
    initialValues: initial,
    validate: {
      name: (name) => (namePattern.test(name.trim()) ? null : t('name.wrong')),
      // The server would keep what is stored, which is of the other kind.
      oauth: {
        clientSecret: (secret, { provesBy, ...values }) =>
          hasApplication(values) &&
          provesBy === 'client-secret' &&
          kept !== null &&
          kept !== provesBy &&
          secret.trim() === ''
            ? t('proves-by.secret-missing')
            : null,
        certificate: (pem, { provesBy, oauth, ...values }) =>
          hasApplication(values) &&
          provesBy === 'certificate' &&
          kept !== provesBy &&
          pem.trim() === '' &&
          oauth.certificateFile === null
            ? t('proves-by.certificate-missing')
            : null,
      },
    },
  })
  const [failure, setFailure] = useState<unknown>(null)
  const [refusals, setRefusals] = useState(0)
  const [isSaving, setIsSaving] = useState(false)
  const [saved, setSaved] = useState<Saved | null>(null)
  const isLeaving = useRef(false)
  const element = useRef<HTMLFormElement>(null)

  async function submit(values: MailboxValues) {
    setIsSaving(true)
    setFailure(null)
    setSaved(null)
    // Whoever comes to the page of a mailbox that was just made has nothing to lose.
    isLeaving.current = stored === null
    try {
      const answer = await save(values.name.trim(), bodyOf(values, stored))
      if (answer === null) return
      form.setInitialValues(answer.values)
      form.setValues(answer.values)
      form.resetDirty(answer.values)
      setSaved({ notes: answer.notes })
    } catch (error) {
      isLeaving.current = false
      setFailure(error)
      placeProblems(error)
    } finally {
      setIsSaving(false)
    }
  }

  function placeProblems(error: unknown) {
    if (error instanceof RefusedField) form.setErrors({ [error.path]: error.message })
    if (error instanceof ProblemError) {
      const placed = error.problem.problems.flatMap(({ path, message }) => {
        const field = fieldOf(path)
        return field === null ? [] : [[field, inFormWords(message, t)] as const]
      })
      form.setErrors(Object.fromEntries(placed))
    }
    goToProblem()
  }

  /** To the first in the order of the page; what folds it away opens. */
  function goToProblem() {
    setRefusals((refusals) => refusals + 1)
  }

  // Drawn together with the marks of the fields, so that they are there.
  useEffect(() => {
    if (refusals === 0) return
    const first = element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')
    first?.closest('details')?.setAttribute('open', '')
    first?.focus()
  }, [refusals])

  return (
    <MailboxFormProvider form={form}>
      <div className={aside ? classes.columns : undefined}>
        {aside && <aside className={classes.aside}>{aside(form.isDirty())}</aside>}
        <form ref={element} onSubmit={form.onSubmit(submit, goToProblem)} noValidate>
          <Stack gap="lg">
            {children}
            {failure !== null && !(failure instanceof RefusedField) && <UnplacedProblems failure={failure} />}
            <MailServerPanel stored={stored} />
            <RemoteApprovalPanel isNew={stored === null} />
            <MorePanel />
          </Stack>
          <SaveBar
            isDirty={form.isDirty()}
            isSaving={isSaving}
            saved={saved}
            onDiscard={() => {
              form.reset()
              setFailure(null)
            }}
          />
        </form>
      </div>
      <LeaveGuard isActive={() => form.isDirty() && !isLeaving.current} />
    </MailboxFormProvider>
  )
}
