import { Button, CloseButton, FileButton, Input, Progress, Text, VisuallyHidden } from '@mantine/core'
import IconAlertTriangle from '@tabler/icons-react/icons/IconAlertTriangle'
import IconPaperclip from '@tabler/icons-react/icons/IconPaperclip'
import { type DragEvent, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFileSize } from '../../parts/file-size.ts'
import type { AttachedFile } from './attached-file.ts'
import classes from './files-input.module.css'
import type { ProcessForm } from './processes.ts'
import type { Files } from './use-files.ts'

interface FilesInputProps {
  files: Files
  limits: ProcessForm['fileLimits']
  required: boolean
  /** What is wrong with all of them. */
  error: string | null
}

/** Takes files: chosen, or dropped on it. What becomes of each stands in its line. */
export function FilesInput({ files, limits, required, error }: FilesInputProps) {
  const { t } = useTranslation('new-request')
  const sizeOf = useFileSize()
  const id = useId()
  const reset = useRef<() => void>(null)
  const [isOver, setOver] = useState(false)
  const kept = files.all.filter(({ state }) => state.kind === 'kept').at(-1)

  function choose(chosen: File[]): void {
    files.add(chosen)
    // The same one can be chosen again.
    reset.current?.()
  }

  function drop(event: DragEvent): void {
    event.preventDefault()
    setOver(false)
    files.add([...event.dataTransfer.files])
  }

  return (
    <Input.Wrapper
      label={t('files.label')}
      labelElement="div"
      labelProps={{ id: `${id}-label` }}
      description={t('files.hint', {
        most: limits.files,
        limit: sizeOf(limits.octets),
        together: sizeOf(limits.together),
      })}
      descriptionProps={{ id: `${id}-hint` }}
      error={error}
      errorProps={{ id: `${id}-error`, role: 'alert' }}
      withAsterisk={required}
      size="md"
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset lays out its legend by rules of its own */}
      <div
        role="group"
        aria-labelledby={`${id}-label`}
        aria-describedby={error === null ? `${id}-hint` : `${id}-hint ${id}-error`}
        className={classes.place}
        data-over={isOver || undefined}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        {files.all.length > 0 && (
          <ul className={classes.files}>
            {files.all.map((file) => (
              <li key={file.key} data-failed={file.state.kind === 'failed' || undefined}>
                <FileLine file={file} />
                <CloseButton
                  size="lg"
                  aria-label={t('files.remove', { name: file.name })}
                  onClick={() => files.remove(file.key)}
                />
              </li>
            ))}
          </ul>
        )}
        <div className={classes.choose}>
          <FileButton multiple resetRef={reset} onChange={choose}>
            {(button) => (
              <Button {...button} variant="default">
                {t('files.choose')}
              </Button>
            )}
          </FileButton>
          <Text size="sm" c="dimmed" className={classes.drop ?? ''}>
            {t('files.drop')}
          </Text>
        </div>
      </div>
      <VisuallyHidden role="status">{kept && t('files.kept', { name: kept.name })}</VisuallyHidden>
    </Input.Wrapper>
  )
}

function FileLine({ file: { name, size, state } }: { file: AttachedFile }) {
  const { t } = useTranslation('new-request')
  const sizeOf = useFileSize()
  const Icon = state.kind === 'failed' ? IconAlertTriangle : IconPaperclip
  return (
    <>
      <Icon size={18} stroke={1.75} aria-hidden />
      <div>
        <Text span className={classes.name ?? ''}>
          {name}
        </Text>{' '}
        <Text span size="sm" c="dimmed" className={classes.size ?? ''}>
          {size > 0 && sizeOf(size)}
        </Text>
        {state.kind === 'going' && (
          <Progress mt={4} size="sm" value={state.share * 100} aria-label={t('files.going', { name })} />
        )}
        {state.kind === 'failed' && (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {state.words}
          </Text>
        )}
      </div>
    </>
  )
}
