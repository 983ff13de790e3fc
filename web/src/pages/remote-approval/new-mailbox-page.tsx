import { TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Page } from '../../parts/page.tsx'
import { Panel } from '../../parts/panel.tsx'
import { useMailboxFormContext } from './form/form-context.ts'
import { MailboxForm } from './form/mailbox-form.tsx'
import { newMailboxValues } from './form/mailbox-values.ts'
import { RefusedField } from './form/refused-field.ts'
import { mailboxes, noteMailbox, saveMailbox } from './mailboxes.ts'

/** Adds a mailbox; its page, where the connection is tested, comes next. */
export function NewMailboxPage() {
  const { t } = useTranslation('remote-approval')
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [initial] = useState(() => newMailboxValues(Intl.DateTimeFormat().resolvedOptions().timeZone))
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
          // Saving under a name that is taken would change the other mailbox.
          const others = await queries.fetchQuery({ ...mailboxes, staleTime: 0 })
          const isTaken = others.some((other) => other.name === name)
          if (isTaken) throw new RefusedField('name', t('name.taken'))
          const { mailbox } = await saveMailbox(name, body)
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
