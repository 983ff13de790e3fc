import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { LoadingState } from '../../../parts/loading-state.tsx'
import type { ViewsProps } from '../views.ts'

// The editor is larger than the rest of the page.
const Editor = lazy(() => import('./editor.tsx'))
const TextDifference = lazy(() => import('../versions/text-difference.tsx'))

/** The text of a definition, what the checker says of it at its lines, and in what it differs from the saved one. */
export function DefinitionView({
  text,
  checkedText,
  problems,
  onChange,
  base,
  line,
}: ViewsProps & { line: number | null }) {
  const { t } = useTranslation('processes')
  const isChecked = checkedText === undefined || checkedText === text
  return (
    <>
      <Suspense fallback={<LoadingState />}>
        <Editor
          text={text}
          label={t('view.definition')}
          problems={isChecked ? problems : null}
          line={line}
          onChange={onChange}
        />
      </Suspense>
      {base !== undefined && base !== text && (
        <Suspense fallback={null}>
          <TextDifference title={t('difference.draft')} before={base} after={text} />
        </Suspense>
      )}
    </>
  )
}
