import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { CopyValues } from '../../../parts/copy-values.tsx'
import { ConsentDrawing } from '../drawings/consent-drawing.tsx'
import type { StepProps } from '../step-props.ts'
import { Instructions, StepBody } from './step-body.tsx'

/** Step 3: an administrator consents, in the portal or by a link. */
export function ConsentStep({ guide }: StepProps) {
  const { t } = useTranslation('setup-guide')
  return (
    <StepBody
      why={t('consent.why')}
      drawing={<ConsentDrawing names={guide.permissions.names} />}
      todo={<Instructions items={[t('consent.do.stay'), t('consent.do.grant'), t('consent.do.see')]} />}
    >
      <Text>{t('consent.by-link')}</Text>
      <CopyValues
        values={[
          { label: t('consent.link'), value: guide.adminConsentUrl, missing: t('consent.link-missing') },
        ]}
      />
      <Text size="sm" c="dimmed">
        {t('consent.wait')}
      </Text>
    </StepBody>
  )
}
