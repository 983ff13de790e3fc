import { ActionIcon, Code, CopyButton, Group, Stack, Text } from '@mantine/core'
import IconCheck from '@tabler/icons-react/icons/IconCheck'
import IconCopy from '@tabler/icons-react/icons/IconCopy'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { MoreButton } from '../../../parts/more-button.tsx'
import { Panel } from '../../../parts/panel.tsx'
import { QueryState } from '../../../parts/query-state.tsx'
import { RelativeTime } from '../../../parts/relative-time.tsx'
import { type PersonDetail, signInsQuery } from '../people.ts'
import classes from './sign-in-panel.module.css'

/** Whether somebody can sign in, how they get to, and when they did. */
export function SignInPanel({ person }: { person: PersonDetail }) {
  const { t } = useTranslation('people')
  const query = useInfiniteQuery(signInsQuery(person.id))
  const events = query.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Panel title={t('sign-in.title')}>
      <Stack gap="sm">
        <Text>
          {person.passwordSetAt === null
            ? t('sign-in.never')
            : t('sign-in.sessions', { count: person.sessions })}
        </Text>
        {person.active && <Invitation address={person.address} />}
        <QueryState query={query} />
        {events.map(({ id, at, kind, remoteAddress }) => (
          <Text key={id} size="sm">
            {t(`sign-in.kind.${kind}`)} · <RelativeTime at={at} /> · {remoteAddress}
          </Text>
        ))}
      </Stack>
      <MoreButton {...query} />
    </Panel>
  )
}

/** Whoever holds a link can act as that person: the operator alone makes one (ADR 18). */
function Invitation({ address }: { address: string }) {
  const { t } = useTranslation('people')
  const command = `countersign person invite ${address}`
  return (
    <div>
      <Text size="sm" c="dimmed">
        {t('sign-in.operator')}
      </Text>
      <Group gap="xs" wrap="nowrap" mt={4}>
        <Code block flex={1} className={classes.command ?? ''}>
          {command}
        </Code>
        <CopyButton value={command}>
          {({ copied, copy }) => (
            <ActionIcon
              variant="default"
              size="lg"
              onClick={copy}
              aria-label={t(copied ? 'sign-in.copied' : 'sign-in.copy')}
            >
              {copied ? <IconCheck size={18} aria-hidden /> : <IconCopy size={18} aria-hidden />}
            </ActionIcon>
          )}
        </CopyButton>
      </Group>
    </div>
  )
}
