import { Grid, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '../../../parts/error-state.tsx'
import { Page } from '../../../parts/page.tsx'
import { TheirWords } from '../their-words.tsx'
import { WhatDecided } from '../what-decided.tsx'
import { TriedFacts } from './tried-facts.tsx'
import { TryForm } from './try-form.tsx'
import { type Against, type TriedMessage, tryMessage } from './try-message.ts'

interface Trial {
  message: Blob
  against: Against
  locale: 'en' | 'fr'
}

/** A test message, read as those of the mailbox are; no request is touched. */
export function TryPage() {
  const { t } = useTranslation('mail')
  const trial = useMutation({
    mutationFn: ({ message, against, locale }: Trial) => tryMessage(message, against, locale),
  })
  return (
    <Page title={t('try.title')} crumbs={[{ label: t('title'), to: '/mail' }]}>
      <Stack gap="md">
        <Text c="dimmed" mt={-16}>
          {t('try.lead')}
        </Text>
        <TryForm isBusy={trial.isPending} onTry={(wanted) => trial.mutate(wanted)} />
        {trial.error && <ErrorState error={trial.error} />}
        {trial.data && <Tried tried={trial.data} />}
      </Stack>
    </Page>
  )
}

function Tried({ tried }: { tried: TriedMessage }) {
  const message = { ...tried, erasedAt: null, state: 'processed' as const, decision: null }
  return (
    <Grid gap="md" role="status">
      <Grid.Col span={{ base: 12, md: 7 }}>
        <TheirWords message={message} />
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 5 }}>
        <Stack gap="md">
          <WhatDecided message={message} />
          <TriedFacts tried={tried} />
        </Stack>
      </Grid.Col>
    </Grid>
  )
}
