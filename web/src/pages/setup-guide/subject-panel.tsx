import { NativeSelect, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../parts/panel.tsx'
import type { Mailbox } from '../remote-approval/mailboxes.ts'
import { type GuideType, guideTypes } from './place.ts'
import classes from './setup-guide.module.css'
import { ToldField } from './told-field.tsx'
import { usePlace } from './use-place.ts'

interface SubjectPanelProps {
  mailboxes: Mailbox[]
  stored: Mailbox | null
}

/** What the guide is about: a mailbox that is stored, or a new one. Everything below is filled in for it. */
export function SubjectPanel({ mailboxes, stored }: SubjectPanelProps) {
  const { t } = useTranslation('setup-guide')
  const { t: form } = useTranslation('remote-approval')
  const { place, tell } = usePlace()
  return (
    <Panel title={t('subject.title')}>
      <Stack gap="md">
        <NativeSelect
          label={t('subject.mailbox')}
          value={stored?.name ?? ''}
          onChange={({ currentTarget }) => tell({ mailbox: currentTarget.value || undefined })}
          data={[
            { value: '', label: t('subject.new') },
            ...mailboxes.map(({ name, settings }) => ({ value: name, label: `${settings.user} (${name})` })),
          ]}
        />
        {stored === null ? (
          <div className={classes.subject}>
            <NativeSelect
              label={form('field.mailbox.type')}
              description={form(`type-hint.${place.type ?? 'exchange-online-graph'}`)}
              value={place.type ?? 'exchange-online-graph'}
              onChange={({ currentTarget }) => tell({ type: currentTarget.value as GuideType })}
              data={guideTypes.map((value) => ({ value, label: form(`type.${value}`) }))}
            />
            <ToldField
              name="address"
              type="email"
              label={form('field.mailbox.user')}
              description={form('hint.user')}
            />
          </div>
        ) : (
          <Text size="sm" c="dimmed">
            {form(`type.${stored.settings.type}`)}
          </Text>
        )}
      </Stack>
    </Panel>
  )
}
