import { TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemError } from '../../api/problem-error.ts'
import { Page } from '../../parts/page.tsx'
import { Panel } from '../../parts/panel.tsx'
import { useMailboxFormContext } from './form/form-context.ts'
import { MailboxForm } from './form/mailbox-form.tsx'
import { prefilledValues } from './form/prefill.ts'
import { RefusedField } from './form/refused-field.ts'
import { noteMailbox, saveMailbox } from './mailboxes.ts'

/** Adds a mailbox; its page, where the connection is tested, comes next. */
export function NewMailboxPage() {
  const { t } = useTranslation('remote-approval')
  const queries = useQueryClient()
  const navigate = useNavigate()
  const prefill = useSearch({ from: '/shell/configuration/remote-approval/+new' })
  const [initial] = useState(() => prefilledValues(prefill, Intl.DateTimeFormat().resolvedOptions().timeZone))
  const crumbs = [
    { label: t('configuration') },
    { label: t('title'), to: '/configuration/remote-approval' as const },
  ]
  return (
    <Page title={t('add')} crumbs={crumbs}>
      <MailboxForm
        initial={initial}
        stored={null}
        save={async (name, body) => {
          const { mailbox } = await saveMailbox(name, body, { isNew: true }).catch((error: unknown) => {
            throw isTaken(error) ? new RefusedField('name', t('name.taken')) : error
          })
          await noteMailbox(queries, mailbox)
          await navigate({ to: '/configuration/remote-approval/$mailbox', params: { mailbox: name } })
          return null
        }}
      >
        <NamePanel />
      </MailboxForm>
    </Page>
  )
}

const isTaken = (error: unknown) => error instanceof ProblemError && error.problem.code === 'mailbox-exists'

function NamePanel() {
  const { t } = useTranslation('remote-approval')
  const form = useMailboxFormContext()
  return (
    <Panel title={t('panel.name')}>
      <TextInput
        label={t('name.label')}
        description={t('name.hint')}
        maxLength={30}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        {...form.getInputProps('name')}
      />
    </Panel>
  )
}
