import { Anchor, PasswordInput, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useLongDay } from '../../../parts/long-day.ts'
import type { Mailbox } from '../mailboxes.ts'
import { useField } from './field.ts'
import classes from './form.module.css'
import { useMailboxFormContext } from './form-context.ts'
import { isOtherService, usualScope } from './presets.ts'

/** As the WorkflowGen guide writes it. */
const GUIDE_URI = 'https://login.microsoftonline.com/{directory_tenant_ID}/oauth2/v2.0/token'

/** The application registered in Entra ID: its ID, its secret, which only ever goes in, and where its tokens come from. */
export function ApplicationFields({ stored }: { stored: Mailbox | null }) {
  const { t } = useTranslation('remote-approval')
  const form = useMailboxFormContext()
  const field = useField()
  const { mailbox, oauth } = form.values
  const kept = stored?.hasSecret && stored.credential !== null ? stored.credential : null
  const longDay = useLongDay()

  return (
    <>
      <TextInput {...field('oauth.clientId')} description={t('hint.client-id')} spellCheck={false} />
      <div className={classes.even}>
        <PasswordInput
          {...field('oauth.clientSecret')}
          autoComplete="new-password"
          description={
            kept === null
              ? t('hint.client-secret')
              : kept.kind === 'certificate' && kept.expiresAt !== null
                ? t('hint.certificate-kept', { date: longDay(kept.expiresAt) })
                : t('hint.secret-kept')
          }
          placeholder={kept === null ? '' : '••••••••••••'}
          visibilityToggleButtonProps={{ 'aria-label': t('show-secret'), tabIndex: 0, 'aria-hidden': false }}
        />
        <TextInput {...field('oauth.clientSecretExpiresOn')} type="date" description={t('hint.expires-on')} />
      </div>
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
                onClick={() => form.setFieldValue('oauth.scope', usualScope(mailbox.type))}
              >
                {t('hint.take-usual', { scope: usualScope(mailbox.type) })}
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
