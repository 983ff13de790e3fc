import { Stack, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '../../../parts/error-state.tsx'
import { LoadingState } from '../../../parts/loading-state.tsx'
import { MoreButton } from '../../../parts/more-button.tsx'
import { Panel } from '../../../parts/panel.tsx'
import { RelativeTime } from '../../../parts/relative-time.tsx'
import { changesOf, type MailboxChange } from '../mailboxes.ts'
import classes from './change-history.module.css'
import { useSettingWords } from './setting-words.ts'

/** Who changed what of a mailbox's settings, and when; of a secret only that it was replaced. */
export function ChangeHistory({ name }: { name: string }) {
  const { t } = useTranslation('remote-approval')
  const query = useInfiniteQuery(changesOf(name))
  const { data, error, refetch } = query
  return (
    <Panel title={t('history.title')} mt="lg">
      {data ? (
        <>
          <Text size="sm" c="dimmed" mb="md">
            {t('history.about')}
          </Text>
          <ol className={classes.entries}>
            {data.pages
              .flatMap(({ items }) => items)
              .map((change) => (
                <Entry key={change.id} change={change} />
              ))}
          </ol>
          <MoreButton {...query} />
        </>
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <LoadingState />
      )}
    </Panel>
  )
}

function Entry({ change }: { change: MailboxChange }) {
  const { t } = useTranslation('remote-approval')
  const { labelOf, wordFor } = useSettingWords()
  const { kind, person, at, changes } = change
  return (
    <li>
      <Text>
        {t(`history.kind.${kind}`, { who: person?.name ?? t('history.operator') })}
        <Text span size="sm" c="dimmed">
          {' · '}
          <RelativeTime at={at} />
        </Text>
      </Text>
      {changes.length > 0 && (
        <Stack component="ul" gap={2} className={classes.changes ?? ''}>
          {changes.map(({ setting, from, to, replaced }) => (
            <li key={setting}>
              <span className={classes.setting}>{labelOf(setting)}</span>{' '}
              {replaced
                ? t('history.replaced')
                : t('history.from-to', { from: wordFor(setting, from), to: wordFor(setting, to) })}
            </li>
          ))}
        </Stack>
      )}
    </li>
  )
}
