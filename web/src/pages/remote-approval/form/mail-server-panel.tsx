import { NativeSelect, Stack, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../../parts/panel.tsx'
import type { Mailbox, MailboxType } from '../mailboxes.ts'
import { ApplicationFields } from './application-fields.tsx'
import { useField } from './field.ts'
import { useMailboxFormContext } from './form-context.ts'
import { hasApplication } from './mailbox-values.ts'
import { PasswordFields } from './password-fields.tsx'
import { withType } from './presets.ts'
import { ServerFields } from './server-fields.tsx'

const types: MailboxType[] = [
  'exchange-online-graph',
  'exchange-online-ews',
  'exchange-server-ews',
  'imap-smtp',
]

/** Section “Mail server” of the tab: the guide's fields in the guide's order, as many as the type has. */
export function MailServerPanel({ stored }: { stored: Mailbox | null }) {
  const { t } = useTranslation('remote-approval')
  const form = useMailboxFormContext()
  const field = useField()
  const { values } = form
  const { type } = values.mailbox

  function changeType(to: MailboxType) {
    const usual = withType({ host: values.mailbox.host, scope: values.oauth.scope }, type, to)
    form.setFieldValue('mailbox.type', to)
    form.setFieldValue('mailbox.host', usual.host)
    form.setFieldValue('oauth.scope', usual.scope)
    form.clearErrors()
  }

  return (
    <Panel title={t('panel.mail-server')}>
      <Stack gap="md">
        <NativeSelect
          {...field('mailbox.type')}
          description={t(`type-hint.${type}`)}
          data={types.map((value) => ({ value, label: t(`type.${value}`) }))}
          onChange={({ currentTarget }) => changeType(currentTarget.value as MailboxType)}
        />
        <ServerFields />
        <TextInput
          {...field('mailbox.defaultReplyTo')}
          description={t('hint.default-reply-to')}
          type="email"
          spellCheck={false}
        />
        <TextInput
          {...field('mailbox.user')}
          description={t('hint.user')}
          type="email"
          spellCheck={false}
          onBlur={() => {
            if (values.mailbox.defaultReplyTo === '') {
              form.setFieldValue('mailbox.defaultReplyTo', values.mailbox.user)
            }
          }}
        />
        {type === 'imap-smtp' && (
          <NativeSelect
            label={t('signs-in-by.label')}
            data={[
              { value: 'password', label: t('signs-in-by.password') },
              { value: 'application', label: t('signs-in-by.application') },
            ]}
            {...form.getInputProps('signsInBy')}
          />
        )}
        {hasApplication(values) ? (
          <ApplicationFields stored={stored} />
        ) : (
          <PasswordFields hasStored={stored?.hasSecret === true && stored.credential === null} />
        )}
      </Stack>
    </Panel>
  )
}
