import { useTranslation } from 'react-i18next'
import { PageTabs } from '../../parts/page-tabs.tsx'

/** The two records: what happened to requests, and who signed in. */
export function AuditTabs() {
  const { t } = useTranslation('audit')
  return (
    <PageTabs
      label={t('tabs.label')}
      tabs={[
        { to: '/audit', label: t('tabs.entries') },
        { to: '/audit/sign-ins', label: t('tabs.sign-ins') },
      ]}
    />
  )
}
