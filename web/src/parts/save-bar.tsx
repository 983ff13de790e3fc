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
}

/** Stands at the foot of a form once something was changed, and says afterwards that it was saved. */
export function SaveBar({ isDirty, isSaving, saved, onDiscard }: SaveBarProps) {
  const { t } = useTranslation()
  const isShown = isDirty || isSaving || saved !== null
  return (
    <div className={classes.bar} data-shown={isShown} role="status">
      {isDirty || isSaving ? (
        <>
          <Text fw={500}>{t('save.unsaved')}</Text>
          <Group gap="sm">
            <Button variant="default" onClick={onDiscard} disabled={isSaving}>
              {t('save.discard')}
            </Button>
            <Button type="submit" loading={isSaving}>
              {t('save.save')}
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
