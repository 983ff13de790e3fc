import { Button, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Page } from '../parts/page.tsx'

/** For an address that leads nowhere. */
export function NotFound() {
  const { t } = useTranslation()
  return (
    <Page title={t('not-found.title')}>
      <Text mb="lg">{t('not-found.detail')}</Text>
      <Button renderRoot={(props) => <Link to="/" {...props} />}>{t('not-found.home')}</Button>
    </Page>
  )
}
