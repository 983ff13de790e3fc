import { Anchor, Button, FileInput, Group, Stack, Text, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../../api/client.ts'
import { Callout } from '../../../parts/callout.tsx'
import { Page } from '../../../parts/page.tsx'
import { Panel } from '../../../parts/panel.tsx'
import { Refusal } from '../refusal.tsx'
import { decodeFile } from './decode-file.ts'
import { ImportPlan } from './import-plan.tsx'

/** People from a spreadsheet: what it would change is shown before anything is changed. */
export function ImportPage() {
  const { t } = useTranslation('people')
  const queries = useQueryClient()
  const [csv, setCsv] = useState('')
  const checking = useMutation({
    mutationFn: (text: string) => answerOf(api.POST('/api/people/csv/check', { body: { csv: text } })),
  })
  const importing = useMutation({
    mutationFn: (plan: string) => answerOf(api.POST('/api/people/csv', { body: { csv, plan } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['people'] }),
  })
  /** What was checked is not what stands there any more. */
  const change = (text: string) => {
    setCsv(text)
    checking.reset()
    importing.reset()
  }
  const plan = checking.data
  return (
    <Page title={t('import.title')} crumbs={[{ label: t('title'), to: '/people' }]}>
      <Stack gap="lg">
        <Panel title={t('import.file-title')}>
          <Text c="dimmed" mb="md">
            {t('import.lead')}
          </Text>
          <Stack gap="md">
            <FileInput
              label={t('import.file')}
              placeholder={t('import.choose')}
              accept=".csv,.txt,.tsv,text/csv"
              clearable
              clearButtonProps={{ 'aria-label': t('import.clear') }}
              rightSectionWidth={44}
              onChange={async (file) => change(file === null ? '' : await decodeFile(file))}
            />
            <Textarea
              label={t('import.text')}
              description={t('import.hint')}
              placeholder={t('import.example')}
              minRows={4}
              maxRows={12}
              autosize
              spellCheck={false}
              value={csv}
              onChange={({ currentTarget }) => change(currentTarget.value)}
            />
            <Group>
              <Button
                variant={plan ? 'default' : 'filled'}
                disabled={csv.trim() === ''}
                loading={checking.isPending}
                onClick={() => {
                  importing.reset()
                  checking.mutate(csv)
                }}
              >
                {t('import.check')}
              </Button>
            </Group>
            <Refusal error={checking.error} />
          </Stack>
        </Panel>
        {plan && importing.data === undefined && (
          <ImportPlan plan={plan}>
            <Refusal error={importing.error} />
            <Button loading={importing.isPending} onClick={() => importing.mutate(plan.plan)}>
              {t('import.submit')}
            </Button>
          </ImportPlan>
        )}
        {importing.data && (
          <Callout kind="done" role="status" title={t('import.done')}>
            <Text>{t('import.counts', importing.data.counts)}</Text>
            <Anchor renderRoot={(props) => <Link to="/people" search={{}} {...props} />}>
              {t('import.to-people')}
            </Anchor>
          </Callout>
        )}
      </Stack>
    </Page>
  )
}
