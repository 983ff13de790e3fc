import { Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Commands } from '../../../parts/commands.tsx'
import { CredentialDrawing } from '../drawings/credential-drawing.tsx'
import { Instructions, StepBody } from './step-body.tsx'

/** As `docs/certificates.md` has them. */
const MAKE_CERTIFICATE = [
  'openssl req -x509 -newkey rsa:3072 -nodes -days 365 -subj "/CN=Countersign" \\',
  '  -keyout countersign.key -out countersign.crt',
  'cat countersign.key countersign.crt > countersign.pem',
].join('\n')

/** Step 4: what the application proves itself by: a secret, or better a certificate. */
export function CredentialStep() {
  const { t } = useTranslation('setup-guide')
  return (
    <StepBody
      why={t('credential.why')}
      drawing={<CredentialDrawing />}
      todo={
        <>
          {' '}
          <Title order={3}>{t('credential.secret')}</Title>
          <Instructions
            items={[
              t('credential.do.open'),
              t('credential.do.new'),
              t('credential.do.copy'),
              t('credential.do.end'),
            ]}
          />
        </>
      }
    >
      <Title order={3}>{t('credential.certificate')}</Title>
      <Text>{t('credential.certificate-why')}</Text>
      <div>
        <Commands text={MAKE_CERTIFICATE} />
      </div>
      <Instructions items={[t('credential.do.upload'), t('credential.do.keep')]} />
    </StepBody>
  )
}
