import { Checkbox, NativeSelect, NumberInput, Stack, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { DateInput } from '../../../parts/date-input/date-input.tsx'
import { Panel } from '../../../parts/panel.tsx'
import { useField } from './field.ts'
import classes from './form.module.css'

const timeZones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((name) => name !== 'UTC')]

/** Section “Remote Approval” of the tab: the service itself. */
export function RemoteApprovalPanel({ isNew }: { isNew: boolean }) {
  const { t } = useTranslation('remote-approval')
  const field = useField()
  return (
    <Panel title={t('panel.remote-approval')}>
      <Stack gap="md">
        <Checkbox {...field('remoteApproval.enabled', 'checkbox')} description={t('hint.enabled')} />
        <div className={classes.even}>
          <DateInput
            {...field('remoteApproval.startFrom')}
            precision="minute"
            description={t(isNew ? 'hint.start-from-new' : 'hint.start-from')}
          />
          <TextInput {...field('mailbox.displayName')} description={t('hint.display-name')} />
          <NativeSelect
            {...field('remoteApproval.settleMode')}
            description={t('hint.settle-mode')}
            data={(['move', 'mark-read', 'delete'] as const).map((value) => ({
              value,
              label: t(`settle-mode.${value}`),
            }))}
          />
          <NumberInput
            {...field('remoteApproval.pollIntervalSeconds')}
            description={t('hint.poll-interval')}
            allowDecimal={false}
            min={5}
            max={3600}
            clampBehavior="none"
            hideControls
          />
          <NativeSelect
            {...field('remoteApproval.timeZone')}
            description={t('hint.time-zone')}
            data={timeZones}
          />
          <TextInput
            {...field('remoteApproval.redirectAllTo')}
            description={t('hint.redirect-all-to')}
            type="email"
            spellCheck={false}
          />
        </div>
      </Stack>
    </Panel>
  )
}
