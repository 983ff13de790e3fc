import { Group, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { sessionQuery } from '../../api/session.ts'
import { Callout } from '../../parts/callout.tsx'
import { WayOn } from '../../parts/way-on.tsx'
import { hasProcessQuery } from './dashboard.ts'

/** Of an installation whose mailbox is entered: what comes next, a first process or a first request. */
export function NothingAsked() {
  const { t } = useTranslation('dashboard')
  const { data: session } = useQuery(sessionQuery)
  const { data: hasProcess } = useQuery(hasProcessQuery)
  const mayMakeProcess = session?.person.role !== 'auditor'
  return (
    <Callout kind="quiet" title={t('new.title')}>
      <Text>{t(hasProcess ? 'new.request' : 'new.process')}</Text>
      {hasProcess !== undefined && (
        <Group mt="sm">
          {hasProcess ? <WayOn to="request" isMain /> : mayMakeProcess && <WayOn to="process" isMain />}
        </Group>
      )}
    </Callout>
  )
}
