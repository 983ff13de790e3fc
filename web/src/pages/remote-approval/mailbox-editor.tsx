import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { CheckPanel } from './doctor/check-panel.tsx'
import { useDoctor } from './doctor/use-doctor.ts'
import { MailboxForm } from './form/mailbox-form.tsx'
import { valuesOf } from './form/values-of.ts'
import { ChangeHistory } from './history/change-history.tsx'
import { MailboxHealth } from './mailbox-health.tsx'
import { type Mailbox, noteMailbox, saveMailbox } from './mailboxes.ts'
import { EwsEndBanner } from './move/ews-end-banner.tsx'

interface MailboxEditorProps {
  mailbox: Mailbox
  /** Once its settings were changed by something else than the form. */
  onMoved: () => void
}

/** The form of a stored mailbox, with its health above and the doctor beside it. */
export function MailboxEditor({ mailbox, onMoved }: MailboxEditorProps) {
  const queries = useQueryClient()
  const { examination, examine } = useDoctor(mailbox.name)
  // What is asked for again in the background changes nothing under the hands of who types.
  const [initial] = useState(() => valuesOf(mailbox))
  const refresh = () => queries.invalidateQueries({ queryKey: ['mailboxes'] })
  return (
    <>
      <EwsEndBanner
        mailbox={mailbox}
        onMoved={async () => {
          await refresh()
          onMoved()
        }}
      />
      <MailboxHealth mailbox={mailbox} onResumed={refresh} />
      <MailboxForm
        initial={initial}
        stored={mailbox}
        save={async (name, body) => {
          const saved = await saveMailbox(name, body)
          await noteMailbox(queries, saved.mailbox)
          return { values: valuesOf(saved.mailbox), notes: saved.notes }
        }}
        aside={(isDirty) => (
          <CheckPanel
            examination={examination}
            onStart={async () => {
              await examine()
              await refresh()
            }}
            isDirty={isDirty}
            mailbox={mailbox}
          />
        )}
      />
      <ChangeHistory name={mailbox.name} />
    </>
  )
}
