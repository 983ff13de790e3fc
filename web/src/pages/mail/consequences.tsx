import { Anchor, List, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useLocalText } from '../../parts/local-text.ts'
import { Panel } from '../../parts/panel.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import type { Inbound } from './messages.ts'

/** What came of a reply: the decision, where the request went, and what we wrote. */
export function Consequences({ message }: { message: Inbound }) {
  const { t } = useTranslation('mail')
  const { decision, answeredBy, duplicateOf } = message
  const isSilent = !decision && answeredBy.length === 0 && duplicateOf === null
  return (
    <Panel title={t('then.title')}>
      {isSilent ? (
        <Text c="dimmed" size="sm">
          {t('then.silent')}
        </Text>
      ) : (
        <List size="sm" spacing={4}>
          <Decided message={message} />
          {answeredBy.map(({ id, kind, to }) => (
            <List.Item key={id}>
              <MessageLink id={id}>{t('then.mailed', { address: to, kind: t(`kind.${kind}`) })}</MessageLink>
            </List.Item>
          ))}
          {duplicateOf !== null && (
            <List.Item>
              <MessageLink id={duplicateOf}>{t('then.duplicate')}</MessageLink>
            </List.Item>
          )}
        </List>
      )}
    </Panel>
  )
}

function Decided({ message: { decision, next, request } }: { message: Inbound }) {
  const { t, i18n } = useTranslation('mail')
  const text = useLocalText()
  if (!decision) return null
  const names = next?.assignees.map(({ name }) => name) ?? []
  const list = new Intl.ListFormat(i18n.language, { type: 'disjunction' }).format(names)
  return (
    <>
      <List.Item>
        {t('then.decided', { answer: text(decision.label), name: decision.by.name })}
        {decision.enteredBy && ` · ${t('then.entered', { name: decision.enteredBy.name })}`}
        {' · '}
        <RelativeTime at={decision.at} />
      </List.Item>
      {next && (
        <List.Item>
          {names.length === 0
            ? t('then.next-nobody', { step: text(next.title) })
            : t('then.next', { step: text(next.title), names: list })}
        </List.Item>
      )}
      {!next && request?.status === 'completed' && <List.Item>{t('then.completed')}</List.Item>}
    </>
  )
}

function MessageLink({ id, children }: { id: string; children: string }) {
  return (
    <Anchor inherit renderRoot={(props) => <Link to="/mail/$id" params={{ id }} {...props} />}>
      {children}
    </Anchor>
  )
}
