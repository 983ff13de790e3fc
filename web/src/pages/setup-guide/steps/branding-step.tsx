import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Instructions, StepBody } from './step-body.tsx'

/** Step 5: how the application looks to other administrators; it may be left out. */
export function BrandingStep() {
  const { t } = useTranslation('setup-guide')
  return (
    <StepBody
      why={t('branding.why')}
      todo={<Instructions items={[t('branding.do.open'), t('branding.do.change'), t('branding.do.save')]} />}
    >
      <Text size="sm" c="dimmed">
        {t('branding.several')}
      </Text>
    </StepBody>
  )
}
