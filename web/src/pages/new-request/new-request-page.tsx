import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { sessionQuery } from '../../api/session.ts'
import { useLocalText } from '../../parts/local-text.ts'
import { Page } from '../../parts/page.tsx'
import { QueryState } from '../../parts/query-state.tsx'
import { processFormQuery } from './processes.ts'
import { RequestForm } from './request-form.tsx'

/** The form of a process, to be filled in and sent. */
export function NewRequestPage() {
  const { process: name } = useParams({ from: '/shell/requests/new/$process' })
  const { t } = useTranslation('new-request')
  const text = useLocalText()
  const form = useQuery(processFormQuery(name))
  const who = useQuery(sessionQuery)
  const [process, session] = [form.data, who.data]
  return (
    <Page
      title={process ? text(process.title) : t('title')}
      crumbs={[
        { label: t('requests'), to: '/requests' },
        { label: t('title'), to: '/requests/new' },
      ]}
    >
      {process && session !== undefined ? (
        <>
          {process.description && <Text mb="lg">{text(process.description)}</Text>}
          <RequestForm
            key={process.name}
            process={process}
            owner={{ process: process.name, personId: session?.person.id ?? '' }}
          />
        </>
      ) : (
        <QueryState query={process ? who : form} />
      )}
    </Page>
  )
}
