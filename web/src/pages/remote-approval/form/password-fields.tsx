import { Checkbox, PasswordInput, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useField } from './field.ts'
import classes from './form.module.css'
import { useMailboxFormContext } from './form-context.ts'

/** Name and password, for a server that knows no application. */
export function PasswordFields({ hasStored }: { hasStored: boolean }) {
  const { t } = useTranslation('remote-approval')
  const field = useField()
  const { type } = useMailboxFormContext().values.mailbox
  return (
    <>
      <div className={classes.even}>
        <TextInput {...field('mailbox.signInName')} description={t('hint.sign-in-name')} spellCheck={false} />
        <PasswordInput
          {...field('mailbox.password')}
          autoComplete="new-password"
          description={t(hasStored ? 'hint.secret-kept' : 'hint.password')}
          placeholder={hasStored ? '••••••••••••' : ''}
          visibilityToggleButtonProps={{ 'aria-label': t('show-secret'), tabIndex: 0, 'aria-hidden': false }}
        />
      </div>
      {type === 'exchange-server-ews' && (
        <Checkbox
          {...field('mailbox.trustInternalMark', 'checkbox')}
          description={t('hint.trust-internal-mark')}
        />
      )}
      {type === 'imap-smtp' && (
        <Checkbox {...field('mailbox.saveSent', 'checkbox')} description={t('hint.save-sent')} />
      )}
    </>
  )
}
