import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { CopyValues } from '../../../parts/copy-values.tsx'
import { EnterDrawing } from '../drawings/enter-drawing.tsx'
import type { StepProps } from '../step-props.ts'
import { StepBody } from './step-body.tsx'

/** Step 6: what was noted goes into the Remote Approval page. */
export function EnterStep({ subject, guide }: StepProps) {
  const { t } = useTranslation('setup-guide')
  const { t: form } = useTranslation('remote-approval')
  const { stored, type, clientId, tenant, address } = subject
  const prefilled = {
    type,
    ...(clientId && { clientId }),
    ...(tenant && { tenant }),
    ...(address && { user: address }),
  }
  const uri =
    subject.tokenEndpoint ?? (tenant ? `https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token` : null)
  return (
    <StepBody why={t('enter.why')} drawing={<EnterDrawing />}>
      <CopyValues
        values={[
          { label: form('field.mailbox.type'), value: form(`type.${type}`) },
          { label: form('field.mailbox.host'), value: guide.host },
          { label: form('field.mailbox.user'), value: address ?? null, missing: t('enter.missing.address') },
          {
            label: form('field.oauth.clientId'),
            value: clientId ?? null,
            missing: t('enter.missing.step-1'),
          },
          { label: form('field.oauth.clientSecret'), value: null, missing: t('enter.secret') },
          { label: form('field.oauth.scope'), value: guide.scope },
          { label: form('field.oauth.tokenEndpoint'), value: uri, missing: t('enter.missing.step-1') },
        ]}
      />
      <div>
        {stored === null ? (
          <Button
            renderRoot={(props) => (
              <Link to="/configuration/remote-approval/+new" search={prefilled} {...props} />
            )}
          >
            {t('enter.new')}
          </Button>
        ) : (
          <Button
            renderRoot={(props) => (
              <Link
                to="/configuration/remote-approval/$mailbox"
                params={{ mailbox: stored.name }}
                {...props}
              />
            )}
          >
            {t('enter.stored')}
          </Button>
        )}
      </div>
    </StepBody>
  )
}
