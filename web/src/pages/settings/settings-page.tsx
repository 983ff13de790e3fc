import { Anchor, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ForPerson } from '../../parts/for-person.tsx'
import { Page } from '../../parts/page.tsx'
import { Panel } from '../../parts/panel.tsx'
import { PasswordForm } from './password-form.tsx'
import { ReadingForm } from './reading-form.tsx'

/** What somebody sets for themselves. */
export function SettingsPage() {
  const { t } = useTranslation('settings')
  return (
    <Page title={t('title')}>
      <ForPerson>
        {(session) => (
          <Stack gap="md" maw={720}>
            <ReadingForm session={session} />
            <PasswordForm address={session.person.address} />
            <Panel title={t('sessions.title')}>
              <Text>
                {t('sessions.detail')}{' '}
                <Anchor renderRoot={(props) => <Link to="/sessions" {...props} />} underline="always" inherit>
                  {t('sessions.open')}
                </Anchor>
              </Text>
            </Panel>
          </Stack>
        )}
      </ForPerson>
    </Page>
  )
}
