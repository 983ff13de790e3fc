import { Tabs } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LoadingState } from '../../parts/loading-state.tsx'
import { DefinitionView } from './definition/definition-view.tsx'
import { ProblemList } from './definition/problem-list.tsx'
import type { Problem } from './processes.ts'
import { Unreadable } from './unreadable.tsx'
import { VersionList } from './versions/version-list.tsx'
import { type View, type ViewsProps, views } from './views.ts'

// What lays out a picture, reads YAML or shows a mail is loaded by whoever looks at it.
const FlowView = lazy(() => import('./flow/flow-view.tsx'))
const KeywordsView = lazy(() => import('./keywords/keywords-view.tsx'))
const MailView = lazy(() => import('./mail/mail-view.tsx'))

/** A definition from every side; which one is chosen stands in the address. */
export function ProcessViews(props: ViewsProps) {
  const { t } = useTranslation('processes')
  const { view = 'flow' } = useSearch({ strict: false })
  const navigate = useNavigate()
  const [line, setLine] = useState<number | null>(null)
  const { name, text, definition, problems } = props
  const shown = views.filter((one) => one !== 'versions' || name !== null)
  const open = (next: View) =>
    navigate({ to: '.', search: next === 'flow' ? {} : { view: next }, replace: true, ignoreBlocker: true })
  const goTo = (problem: Problem) => {
    setLine(problem.line ?? 1)
    open('definition')
  }
  const isReadable = definition !== null
  const checkedText = props.checkedText ?? text
  return (
    <Tabs value={view} onChange={(next) => next !== null && open(next as View)} keepMounted={false}>
      <Tabs.List mb="md" aria-label={t('views')}>
        {shown.map((one) => (
          <Tabs.Tab key={one} value={one}>
            {t(`view.${one}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {view !== 'versions' && <ProblemList problems={problems} onGoTo={goTo} />}
      <Tabs.Panel value="flow">
        <Suspense fallback={<LoadingState />}>
          {isReadable ? <FlowView definition={definition} /> : <Unreadable {...props} />}
        </Suspense>
      </Tabs.Panel>
      <Tabs.Panel value="definition">
        <DefinitionView {...props} line={line} />
      </Tabs.Panel>
      <Tabs.Panel value="keywords">
        <Suspense fallback={<LoadingState />}>
          <KeywordsView
            text={text}
            checkedText={checkedText}
            isReadable={isReadable}
            onChange={props.onChange}
          />
        </Suspense>
      </Tabs.Panel>
      <Tabs.Panel value="mail">
        <Suspense fallback={<LoadingState />}>
          {isReadable ? <MailView definition={definition} text={checkedText} /> : <Unreadable {...props} />}
        </Suspense>
      </Tabs.Panel>
      {name !== null && (
        <Tabs.Panel value="versions">
          <VersionList name={name} />
        </Tabs.Panel>
      )}
    </Tabs>
  )
}
