import { Button, FileInput, Group, NativeSelect, Stack, Textarea } from '@mantine/core'
import IconUpload from '@tabler/icons-react/icons/IconUpload'
import { type DragEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../../parts/panel.tsx'
import { AgainstFields, useAgainst } from './against-fields.tsx'
import classes from './try-form.module.css'
import { type Against, mailOf } from './try-message.ts'

interface TryFormProps {
  isBusy: boolean
  onTry: (trial: { message: Blob; against: Against; locale: 'en' | 'fr' }) => void
}

/** A message file or a text, and what it is to be read as the answer to. */
export function TryForm({ isBusy, onTry }: TryFormProps) {
  const { t } = useTranslation('mail')
  const [file, setFile] = useState<File | null>(null)
  const [written, setWritten] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const chosen = useAgainst()

  function submit() {
    const message = file ?? (written.trim() === '' ? null : mailOf(written))
    setProblem(message === null ? t('try.nothing-given') : null)
    const against = chosen.take()
    if (message !== null && against !== null) onTry({ message, against, locale: chosen.locale })
  }

  function drop(event: DragEvent) {
    event.preventDefault()
    const [dropped] = event.dataTransfer.files
    if (dropped) setFile(dropped)
  }

  return (
    <Panel title={t('try.message')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <Stack gap="md">
          {/* biome-ignore lint/a11y/noStaticElementInteractions: the field inside does the same for keyboards */}
          <div className={classes.drop} onDrop={drop} onDragOver={(event) => event.preventDefault()}>
            <FileInput
              label={t('try.file')}
              description={t('try.file-hint')}
              placeholder={t('try.choose')}
              leftSection={<IconUpload size={16} aria-hidden />}
              accept=".eml,message/rfc822"
              clearable
              clearButtonProps={{ 'aria-label': t('try.clear-file') }}
              rightSectionWidth={44}
              value={file}
              onChange={setFile}
            />
          </div>
          {file === null && (
            <Textarea
              label={t('try.text')}
              description={t('try.text-hint')}
              autosize
              minRows={4}
              maxRows={16}
              maxLength={200_000}
              value={written}
              error={problem}
              onChange={({ currentTarget }) => setWritten(currentTarget.value)}
            />
          )}
          <AgainstFields chosen={chosen} />
          <Group gap="md" align="flex-end">
            {chosen.isStep && (
              <NativeSelect
                label={t('try.locale')}
                value={chosen.locale}
                onChange={({ currentTarget }) => chosen.setLocale(currentTarget.value === 'fr' ? 'fr' : 'en')}
                data={[
                  { value: 'fr', label: t('try.french') },
                  { value: 'en', label: t('try.english') },
                ]}
              />
            )}
            <Button type="submit" loading={isBusy}>
              {t('try.read')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  )
}
