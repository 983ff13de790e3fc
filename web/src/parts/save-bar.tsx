import { Button, Group, Text } from '@mantine/core'
import IconCircleCheck from '@tabler/icons-react/icons/IconCircleCheck'
import { useTranslation } from 'react-i18next'
import classes from './save-bar.module.css'

/** What was saved, with what the server put right in it. */
export interface Saved {
  notes: string[]
}

interface SaveBarProps {
  isDirty: boolean
  isSaving: boolean
  saved: Saved | null
  onDiscard: () => void
  /** Pressed; left out in a form, which is submitted. */
  onSave?: () => void
  /** What saving makes, where there is more to say than that it saves. */
  saveLabel?: string | undefined
  /** Whether saving would be refused, as `note` says why. */
  isBlocked?: boolean
  /** What is known of the changes. */
  note?: string
}

/** Stands at the foot of a form once something was changed, and says afterwards that it was saved. */
export function SaveBar(props: SaveBarProps) {
  const { isDirty, isSaving, saved, onDiscard, onSave, saveLabel, isBlocked = false, note } = props
  const { t } = useTranslation()
  const isShown = isDirty || isSaving || saved !== null
  return (
    <div className={classes.bar} data-shown={isShown} role="status">
      {isDirty || isSaving ? (
        <>
          <div>
            <Text fw={500}>{t('save.unsaved')}</Text>
            {note !== undefined && <Text size="sm">{note}</Text>}
          </div>
          <Group gap="sm">
            <Button variant="default" onClick={onDiscard} disabled={isSaving}>
              {t('save.discard')}
            </Button>
            <Button
              type={onSave ? 'button' : 'submit'}
              loading={isSaving}
              disabled={isBlocked}
              {...(onSave && { onClick: onSave })}
            >
              {saveLabel ?? t('save.save')}
            </Button>
          </Group>
        </>
      ) : (
        saved !== null && (
          <div>
            <Text className={classes.saved ?? ''}>
              <IconCircleCheck size={18} aria-hidden />
              {t('save.saved')}
            </Text>
            {saved.notes.map((note) => (
              <Text key={note} size="sm">
                {note}
              </Text>
            ))}
          </div>
        )
      )}
    </div>
  )
}
