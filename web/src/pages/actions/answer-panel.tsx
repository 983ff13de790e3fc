import { Alert, Anchor, Stack, Text } from '@mantine/core'
import IconInfoCircle from '@tabler/icons-react/icons/IconInfoCircle'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../../api/problem-error.ts'
import { sessionQuery } from '../../api/session.ts'
import { useLocalText } from '../../parts/local-text.ts'
import { Panel } from '../../parts/panel.tsx'
import { type ActionDetail, actionQuery } from './actions.ts'
import { AnswerForm } from './answer-form.tsx'
import classes from './answer-panel.module.css'
import { DecisionFacts } from './decision-facts.tsx'
import { HandOnForm } from './hand-on-form.tsx'

/** What happened to what one did here; the action itself is always as the server has it. */
type Done = { kind: 'decided' } | { kind: 'handed-on'; to: string } | { kind: 'refused'; problem: Problem }

/** The question with its answers; once there is a decision, who decided what and when. */
export function AnswerPanel({ action }: { action: ActionDetail }) {
  const [done, setDone] = useState<Done | null>(null)
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // The button that was pressed is gone: who works by keyboard goes on from what came of it.
    if (done !== null) place.current?.focus()
  }, [done])
  return (
    <div ref={place} tabIndex={-1} className={classes.place}>
      <Answer action={action} done={done} setDone={setDone} />
    </div>
  )
}

interface AnswerProps {
  action: ActionDetail
  done: Done | null
  setDone: (done: Done) => void
}

function Answer({ action, done, setDone }: AnswerProps) {
  const { t } = useTranslation('actions')
  const text = useLocalText()
  const queries = useQueryClient()
  const [wasOpen] = useState(action.status === 'open')

  async function show(outcome: Done, seen?: ActionDetail) {
    if (seen) queries.setQueryData(actionQuery(action.id).queryKey, seen)
    setDone(outcome)
    await queries.invalidateQueries()
  }

  if (done?.kind === 'handed-on') {
    return (
      <Panel title={t('handed-on.title')}>
        <Stack gap="sm" role="status">
          <Text>{t('handed-on.detail', { to: done.to })}</Text>
          <BackToList />
        </Stack>
      </Panel>
    )
  }
  const { decision, you } = action
  return (
    <Panel title={decision ? t('decision') : text(action.question.text)}>
      <Stack gap="md">
        {done !== null ? <Outcome done={done} /> : wasOpen && decision && <Overtaken by={decision.by} />}
        {decision ? (
          <>
            <DecisionFacts decision={decision} />
            <BackToList />
          </>
        ) : you.mayDecide === 'yes' ? (
          <AnswerForm
            action={action}
            onDecided={(seen) => show({ kind: 'decided' }, seen)}
            onOvertaken={(problem) => show({ kind: 'refused', problem })}
          />
        ) : (
          <WhyNot action={action} />
        )}
        {you.mayHandOn && <HandOnForm action={action} onHandedOn={(to) => show({ kind: 'handed-on', to })} />}
      </Stack>
    </Panel>
  )
}

function Outcome({ done }: { done: Exclude<Done, { kind: 'handed-on' }> }) {
  const { t } = useTranslation('actions')
  if (done.kind === 'decided') {
    return (
      <Text fw={600} role="status">
        {t('recorded')}
      </Text>
    )
  }
  const isLate = done.problem.code === 'already-decided'
  return (
    <Told title={done.problem.title}>
      {isLate ? t('too-late', { name: done.problem.values.by }) : done.problem.detail}
    </Told>
  )
}

/** It was decided while one looked at the question: by somebody else, or by oneself from another place. */
function Overtaken({ by }: { by: NonNullable<ActionDetail['decision']>['by'] }) {
  const { t } = useTranslation('actions')
  const { data: session } = useQuery(sessionQuery)
  const isOwn = session?.person.address === by.address
  return (
    <Told title={isOwn ? t('overtaken.own') : t('overtaken.other', { name: by.name })}>
      {t('overtaken.detail')}
    </Told>
  )
}

/** What happened instead of what one meant to do. */
function Told({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Alert
      variant="outline"
      color="gray"
      icon={<IconInfoCircle aria-hidden />}
      title={title}
      role="alert"
      className={classes.refusal ?? ''}
    >
      {children}
    </Alert>
  )
}

/** Why one who sees an action cannot decide it. */
function WhyNot({ action }: { action: ActionDetail }) {
  const { t, i18n } = useTranslation('actions')
  const { mayDecide } = action.you
  const names = action.assignees.map(({ name }) => name)
  const list = new Intl.ListFormat(i18n.language, { type: 'disjunction' }).format(names)
  return (
    <Text>
      {mayDecide === 'own-request'
        ? t('why-not.own-request')
        : mayDecide === 'action-closed'
          ? t('why-not.action-closed')
          : names.length === 0
            ? t('why-not.nobody')
            : t('why-not.not-assignee', { names: list })}
    </Text>
  )
}

function BackToList() {
  const { t } = useTranslation('actions')
  return (
    <Anchor renderRoot={(props) => <Link to="/actions" {...props} />} underline="always">
      {t('back')}
    </Anchor>
  )
}
