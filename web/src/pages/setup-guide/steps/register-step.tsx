import { Anchor, List, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { CopyValues } from '../../../parts/copy-values.tsx'
import { RegisterDrawing } from '../drawings/register-drawing.tsx'
import classes from '../setup-guide.module.css'
import type { StepProps } from '../step-props.ts'
import { ToldField } from '../told-field.tsx'
import { Instructions, StepBody } from './step-body.tsx'

const PORTAL = 'https://entra.microsoft.com'

/** Step 1: the application is registered, and its two IDs are noted. */
export function RegisterStep({ subject }: StepProps) {
  const { t } = useTranslation('setup-guide')
  const { t: form } = useTranslation('remote-approval')
  return (
    <StepBody
      why={t('register.why')}
      drawing={<RegisterDrawing />}
      todo={
        <>
          <div>
            <Text fw={600}>{t('register.needs.title')}</Text>
            <List size="sm" mt={4}>
              <List.Item>{t('register.needs.mailbox')}</List.Item>
              <List.Item>{t('register.needs.administrator')}</List.Item>
            </List>
          </div>
          <Anchor href={PORTAL} target="_blank" rel="noreferrer" underline="always">
            {t('register.portal')}
          </Anchor>
          <Instructions
            items={[
              t('register.do.new'),
              t('register.do.name'),
              t('register.do.accounts'),
              t('register.do.redirect'),
              t('register.do.register'),
            ]}
          />
        </>
      }
    >
      <CopyValues values={[{ label: t('register.drawing.name'), value: t('register.name') }]} />
      {subject.stored === null ? (
        <div className={classes.pair}>
          <ToldField
            name="clientId"
            label={form('field.oauth.clientId')}
            description={t('register.client-id')}
          />
          <ToldField name="tenant" label={t('tenant')} description={t('register.tenant')} />
        </div>
      ) : (
        <CopyValues
          values={[
            { label: form('field.oauth.clientId'), value: subject.clientId ?? null },
            { label: form('field.oauth.tokenEndpoint'), value: subject.tokenEndpoint ?? null },
          ]}
        />
      )}
    </StepBody>
  )
}
