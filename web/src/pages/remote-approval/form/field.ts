import { useTranslation } from 'react-i18next'
import type { FieldPath } from './field-paths.ts'
import { useMailboxFormContext } from './form-context.ts'

/** What a field of the form needs: its label, its value, and what is wrong with it. */
export function useField() {
  const { t } = useTranslation('remote-approval')
  const form = useMailboxFormContext()
  return (path: FieldPath, type: 'input' | 'checkbox' = 'input') => ({
    label: t(`field.${path}`),
    ...form.getInputProps(path, { type }),
    // Programs that fill in forms have nothing to fill in here.
    autoComplete: 'off',
  })
}
