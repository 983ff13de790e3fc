import { useTranslation } from 'react-i18next'
import { PageTabs } from '../../parts/page-tabs.tsx'

/** The two lists that people are looked at in. */
export function PeopleTabs() {
  const { t } = useTranslation('people')
  return (
    <PageTabs
      label={t('tabs.label')}
      tabs={[
        { to: '/people', label: t('tabs.people') },
        { to: '/people/groups', label: t('tabs.groups') },
      ]}
    />
  )
}
