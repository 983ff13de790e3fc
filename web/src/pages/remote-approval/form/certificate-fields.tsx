import { Button, FileButton, Group, PasswordInput, Text, Textarea } from '@mantine/core'
import IconFileCertificate from '@tabler/icons-react/icons/IconFileCertificate'
import { useTranslation } from 'react-i18next'
import type { components } from '../../../api/schema.ts'
import { useLongDay } from '../../../parts/long-day.ts'
import { useField } from './field.ts'
import classes from './form.module.css'
import { useMailboxFormContext } from './form-context.ts'
import { LARGEST_FILE, readCertificateFile } from './read-certificate-file.ts'

/** RFC 7468. */
const PEM_HEAD = '-----BEGIN CERTIFICATE-----'

interface CertificateFieldsProps {
  /** The one that is stored; null without. */
  kept: components['schemas']['CertificateFacts'] | null
}

/** A certificate with its private key, pasted or as a file; like a secret it only ever goes in. */
export function CertificateFields({ kept }: CertificateFieldsProps) {
  const { t } = useTranslation('remote-approval')
  const form = useMailboxFormContext()
  const field = useField()
  const longDay = useLongDay()
  const { certificateFile } = form.values.oauth

  async function take(file: File | null) {
    if (file === null) return
    const read = file.size > LARGEST_FILE ? null : await readCertificateFile(file)
    if (read === null) return form.setFieldError('oauth.certificate', t('certificate.too-large'))
    form.clearFieldError('oauth.certificate')
    form.setFieldValue('oauth.certificate', '')
    form.setFieldValue('oauth.certificateFile', read)
  }

  return (
    <>
      {kept !== null && (
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {t('certificate.kept', {
            subject: kept.subject,
            thumbprint: kept.thumbprintSha1,
            date: longDay(kept.expiresAt),
          })}
        </Text>
      )}
      <Textarea
        {...field('oauth.certificate')}
        description={t(kept === null ? 'certificate.hint' : 'certificate.hint-kept')}
        placeholder={certificateFile === null ? PEM_HEAD : certificateFile.name}
        readOnly={certificateFile !== null}
        autosize
        minRows={3}
        maxRows={8}
        classNames={{ input: classes.pem ?? '' }}
        spellCheck={false}
      />
      <Group gap="sm">
        <FileButton onChange={take} accept=".pem,.pfx,.p12,.key,.crt">
          {(props) => (
            <Button
              {...props}
              variant="default"
              size="xs"
              leftSection={<IconFileCertificate size={16} aria-hidden />}
            >
              {t('certificate.choose')}
            </Button>
          )}
        </FileButton>
        {certificateFile !== null && (
          <>
            <Text size="sm">{t('certificate.chosen', { name: certificateFile.name })}</Text>
            <Button
              variant="subtle"
              size="xs"
              onClick={() => form.setFieldValue('oauth.certificateFile', null)}
            >
              {t('certificate.drop')}
            </Button>
          </>
        )}
      </Group>
      <PasswordInput
        {...field('oauth.certificatePassword')}
        autoComplete="new-password"
        description={t('certificate.password-hint')}
        visibilityToggleButtonProps={{ 'aria-label': t('show-secret'), tabIndex: 0, 'aria-hidden': false }}
      />
    </>
  )
}
