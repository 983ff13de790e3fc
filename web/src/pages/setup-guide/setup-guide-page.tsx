import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '../../parts/error-state.tsx'
import { LoadingState } from '../../parts/loading-state.tsx'
import { Page } from '../../parts/page.tsx'
import { mailboxes } from '../remote-approval/mailboxes.ts'
import { GuideSteps } from './guide-steps.tsx'
import classes from './setup-guide.module.css'
import { StepList } from './step-list.tsx'
import { SubjectPanel } from './subject-panel.tsx'
import { usePlace } from './use-place.ts'

/** The way from nothing to a mailbox that works, step by step, filled in for the mailbox that is set up. */
export function SetupGuidePage() {
  const { t } = useTranslation('setup-guide')
  const { place } = usePlace()
  const { data, error, isFetching, refetch } = useQuery(mailboxes)
  const stored = data?.find(({ name }) => name === place.mailbox) ?? null
  // One that was just saved is not in the list that was fetched before.
  const isComing = place.mailbox !== undefined && stored === null && isFetching
  return (
    <Page title={t('title')} crumbs={[{ label: t('configuration') }]}>
      <Text c="dimmed" mt={-16} mb="lg">
        {t('lead')}
      </Text>
      {data && !isComing ? (
        <>
          <SubjectPanel mailboxes={data} stored={stored} />
          <div className={classes.columns}>
            <StepList />
            <GuideSteps stored={stored} />
          </div>
        </>
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <LoadingState />
      )}
    </Page>
  )
}
