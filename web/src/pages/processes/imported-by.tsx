import { useTranslation } from 'react-i18next'
import { RelativeTime } from '../../parts/relative-time.tsx'
import type { Version } from './processes.ts'

/** Who brought a version in, and when. */
export function ImportedBy({ version }: { version: Pick<Version, 'importedBy' | 'importedAt'> }) {
  const { t } = useTranslation('processes')
  const { importedBy, importedAt } = version
  return (
    <>
      {importedBy === null ? t('imported.operator') : t('imported.by', { name: importedBy.name })}{' '}
      <RelativeTime at={importedAt} />
    </>
  )
}
