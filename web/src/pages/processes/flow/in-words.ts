import { useTranslation } from 'react-i18next'
import type { Step } from '../processes.ts'

/** Says of a step whom it asks, and until when. */
export function useStepWords(): { asked: (step: Step) => string; due: (step: Step) => string | null } {
  const { t } = useTranslation('processes')
  return {
    asked({ assignee }) {
      switch (assignee.kind) {
        case 'manager':
          return t('asked.manager')
        case 'group':
          return t('asked.group', { name: assignee.name })
        case 'person':
          return assignee.address
        case 'field':
          return t('asked.field', { field: assignee.field })
      }
    },
    due: ({ dueAfterDays }) => (dueAfterDays === null ? null : t('due', { count: dueAfterDays })),
  }
}
