import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Page } from '../../parts/page.tsx'
import { DraftEditor } from './process-editor.tsx'
import template from './template.yaml?raw'

/** A process that begins with a small one that works. */
export function NewProcessPage() {
  const { t } = useTranslation('processes')
  return (
    <Page title={t('add')} crumbs={[{ label: t('title'), to: '/processes' }]}>
      <Text c="dimmed" mt={-16} mb="md">
        {t('new-lead')}
      </Text>
      <DraftEditor base={{ version: 0, name: null, source: template, mailbox: null }} />
    </Page>
  )
}
