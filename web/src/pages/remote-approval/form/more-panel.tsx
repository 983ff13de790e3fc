import { Checkbox, NumberInput, Paper, Stack, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useField } from './field.ts'
import classes from './form.module.css'

/** RFC 7468. */
const PEM_HEAD = '-----BEGIN CERTIFICATE-----'

/** What most installations leave as it is, folded away. */
export function MorePanel() {
  const { t } = useTranslation('remote-approval')
  const field = useField()
  const whole = { allowDecimal: false, clampBehavior: 'none', hideControls: true } as const
  return (
    <Paper component="details" withBorder className={classes.more ?? ''}>
      <summary>{t('panel.more')}</summary>
      <Stack gap="md">
        <Checkbox {...field('remoteApproval.watchJunk', 'checkbox')} description={t('hint.watch-junk')} />
        <Checkbox
          {...field('remoteApproval.sendConfirmations', 'checkbox')}
          description={t('hint.send-confirmations')}
        />
        <Checkbox
          {...field('remoteApproval.plusAddressing', 'checkbox')}
          description={t('hint.plus-addressing')}
        />
        <div className={classes.even}>
          <TextInput
            {...field('remoteApproval.probeAddress')}
            description={t('hint.probe-address')}
            type="email"
            spellCheck={false}
          />
          <TextInput
            {...field('remoteApproval.instance')}
            description={t('hint.instance')}
            spellCheck={false}
          />
          <NumberInput
            {...field('remoteApproval.messagesPerMinute')}
            description={t('hint.per-minute')}
            {...whole}
          />
          <NumberInput
            {...field('remoteApproval.recipientsPerDay')}
            description={t('hint.per-day')}
            {...whole}
          />
          <NumberInput
            {...field('remoteApproval.keepMessagesDays')}
            description={t('hint.keep-days')}
            {...whole}
          />
          <NumberInput
            {...field('remoteApproval.maxMessageMegabytes')}
            description={t('hint.max-message')}
            {...whole}
          />
        </div>
        <Textarea
          {...field('mailbox.extraCa')}
          description={t('hint.extra-ca')}
          placeholder={PEM_HEAD}
          autosize
          minRows={2}
          maxRows={8}
          classNames={{ input: classes.pem ?? '' }}
          spellCheck={false}
        />
      </Stack>
    </Paper>
  )
}
