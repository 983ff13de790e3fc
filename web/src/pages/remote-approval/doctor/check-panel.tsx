import { Anchor, Button, Loader, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Callout } from '../../../parts/callout.tsx'
import { ErrorState } from '../../../parts/error-state.tsx'
import { Panel } from '../../../parts/panel.tsx'
import type { Mailbox } from '../mailboxes.ts'
import classes from './check.module.css'
import { CheckStep } from './check-step.tsx'
import type { Examination } from './use-doctor.ts'

interface CheckPanelProps {
  examination: Examination
  onStart: () => void
  /** What stands in the fields is not what would be tested. */
  isDirty: boolean
  mailbox: Pick<Mailbox, 'name' | 'adminConsentUrl'>
}

/** The doctor at work beside the form: each step as it is done, and what mends it. */
export function CheckPanel({ examination, onStart, isDirty, mailbox }: CheckPanelProps) {
  const { t } = useTranslation('remote-approval')
  const consentUrl = mailbox.adminConsentUrl
  const { state, checks, ok, error } = examination
  const failed = checks.filter(({ outcome }) => outcome === 'failed')
  // Only there does consent mend anything.
  const mayLackConsent = failed.some(({ id }) => id === 'role' || id === 'read-mailbox')
  return (
    <Panel title={t('check.title')}>
      <Stack gap="md">
        {state === 'idle' && (
          <Text c="dimmed" size="sm">
            {t('check.about')}
          </Text>
        )}
        <div role="status">
          {state === 'running' && (
            <Text size="sm" c="dimmed" className={classes.running ?? ''}>
              <Loader size={16} aria-hidden />
              {t('check.running')}
            </Text>
          )}
          {state === 'done' && ok && (
            <Callout kind="done" title={t('check.well')}>
              {t('check.well-detail')}
            </Callout>
          )}
          {state === 'done' && !ok && (
            <Callout kind="failed" title={t('check.failed', { count: failed.length })}>
              {t('check.failed-detail')}{' '}
              {consentUrl !== null && mayLackConsent && (
                <Anchor href={consentUrl} target="_blank" rel="noreferrer" underline="always" inherit>
                  {t('check.consent')}
                </Anchor>
              )}
            </Callout>
          )}
        </div>
        {state === 'failed' && <ErrorState error={error} />}
        {state !== 'running' && (
          <Button variant={state === 'idle' ? 'filled' : 'default'} onClick={onStart} disabled={isDirty}>
            {t(state === 'idle' ? 'check.start' : 'check.again')}
          </Button>
        )}
        {isDirty && state !== 'running' && (
          <Text size="sm" c="dimmed">
            {t('check.save-first')}
          </Text>
        )}
        {checks.length > 0 && (
          <ol className={classes.steps} aria-label={t('check.steps')}>
            {checks.map((check) => (
              <CheckStep key={check.id} check={check} mailbox={mailbox.name} />
            ))}
          </ol>
        )}
      </Stack>
    </Panel>
  )
}
