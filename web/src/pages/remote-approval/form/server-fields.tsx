import { NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useField } from './field.ts'
import classes from './form.module.css'
import { useMailboxFormContext } from './form-context.ts'

/** Address and security: of one server, or of the two that IMAP and SMTP have. */
export function ServerFields() {
  const { t } = useTranslation('remote-approval')
  const field = useField()
  const { type } = useMailboxFormContext().values.mailbox
  const ssl = { value: 'ssl', label: t('security.ssl') }
  if (type !== 'imap-smtp') {
    return (
      <div className={classes.pair}>
        <TextInput {...field('mailbox.host')} description={t('hint.host')} spellCheck={false} />
        <NativeSelect label={t('field.mailbox.security')} description={t('hint.security')} data={[ssl]} />
      </div>
    )
  }
  return (['imap', 'smtp'] as const).map((protocol) => (
    <div key={protocol} className={classes.triple}>
      <TextInput {...field(`mailbox.${protocol}.host`)} spellCheck={false} />
      <NativeSelect
        {...field(`mailbox.${protocol}.security`)}
        data={[ssl, { value: 'starttls', label: t('security.starttls') }]}
      />
      <NumberInput {...field(`mailbox.${protocol}.port`)} hideControls allowDecimal={false} />
    </div>
  ))
}
