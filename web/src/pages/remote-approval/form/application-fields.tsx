import { Anchor, NativeSelect, PasswordInput, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { DateInput } from '../../../parts/date-input/date-input.tsx'
import { applicationOf } from '../application-of.ts'
import type { Mailbox } from '../mailboxes.ts'
import { CertificateFields } from './certificate-fields.tsx'
import { useField } from './field.ts'
import classes from './form.module.css'
import { useMailboxFormContext } from './form-context.ts'
import { isOtherService, usualOf } from './presets.ts'

/** As the WorkflowGen guide writes it. */
const GUIDE_URI = 'https://login.microsoftonline.com/{directory_tenant_ID}/oauth2/v2.0/token'

/** The application registered in Entra ID: its ID, its secret or certificate, which only ever go in, and where its tokens come from. */
export function ApplicationFields({ stored }: { stored: Mailbox | null }) {
  const { t } = useTranslation('remote-approval')
  const form = useMailboxFormContext()
  const field = useField()
  const { mailbox, oauth } = form.values
  const isStored = stored?.hasSecret === true && stored.credential?.kind === 'client-secret'

  return (
    <>
      <TextInput {...field('oauth.clientId')} description={t('hint.client-id')} spellCheck={false} />
      <NativeSelect
        label={t('proves-by.label')}
        data={[
          { value: 'client-secret', label: t('proves-by.client-secret') },
          { value: 'certificate', label: t('proves-by.certificate') },
        ]}
        {...form.getInputProps('provesBy')}
      />
      {form.values.provesBy === 'certificate' ? (
        <CertificateFields kept={stored && (applicationOf(stored.settings)?.certificate ?? null)} />
      ) : (
        <div className={classes.even}>
          <PasswordInput
            {...field('oauth.clientSecret')}
            autoComplete="new-password"
            description={t(isStored ? 'hint.secret-kept' : 'hint.client-secret')}
            placeholder={isStored ? '••••••••••••' : ''}
            visibilityToggleButtonProps={{
              'aria-label': t('show-secret'),
              tabIndex: 0,
              'aria-hidden': false,
            }}
          />
          <DateInput {...field('oauth.clientSecretExpiresOn')} description={t('hint.expires-on')} />
        </div>
      )}
      <TextInput
        {...field('oauth.scope')}
        spellCheck={false}
        description={
          isOtherService(mailbox.type, oauth.scope) ? (
            <>
              {t('hint.other-service')}{' '}
              <Anchor
                component="button"
                type="button"
                size="xs"
                onClick={() => form.setFieldValue('oauth.scope', usualOf(mailbox.type).scope)}
              >
                {t('hint.take-usual', { scope: usualOf(mailbox.type).scope })}
              </Anchor>
            </>
          ) : (
            t('hint.scope')
          )
        }
      />
      <TextInput
        {...field('oauth.tokenEndpoint')}
        description={t('hint.token-endpoint')}
        placeholder={GUIDE_URI}
        spellCheck={false}
      />
    </>
  )
}
