import { useTranslation } from 'react-i18next'
import { useLongDay } from '../../../parts/long-day.ts'
import { useNotation } from '../../../parts/notation.ts'
import { useTimeZone } from '../../../parts/time-zone.ts'
import { fieldOf } from '../form/field-paths.ts'
import { MEGABYTE } from '../form/values-of.ts'
import type { MailboxChange } from '../mailboxes.ts'

type Value = MailboxChange['changes'][number]['from']

interface SettingWords {
  /** The label that the form has for a setting; its own name where the form does not show it. */
  labelOf: (setting: string) => string
  /** A value as the form would show it. */
  wordFor: (setting: string, value: Value) => string
}

/** Settings and their values in the words of the form. */
export function useSettingWords(): SettingWords {
  const { t } = useTranslation('remote-approval')
  const notation = useNotation()
  const longDay = useLongDay()
  const number = new Intl.NumberFormat(notation)
  const timeZone = useTimeZone()
  const moment = new Intl.DateTimeFormat(notation, { dateStyle: 'medium', timeStyle: 'short', timeZone })

  function ofText(setting: string, value: string): string {
    switch (setting) {
      case 'mailbox.type':
        return t(`type.${value}` as 'type.imap-smtp')
      case 'remoteApproval.settleMode':
        return t(`settle-mode.${value}` as 'settle-mode.move')
      case 'remoteApproval.startFrom':
        return moment.format(new Date(value))
      case 'oauth.clientSecretExpiresOn':
        return longDay(value)
      default:
        return setting.endsWith('.security') ? t(`security.${value}` as 'security.ssl') : value
    }
  }

  return {
    labelOf(setting) {
      const field = fieldOf(setting)
      return field === null || field === 'name' ? setting : t(`field.${field}`)
    },
    wordFor(setting, value) {
      if (value === null || value === '') return t('history.nothing')
      if (typeof value === 'boolean') return t(value ? 'history.on' : 'history.off')
      if (typeof value === 'string') return ofText(setting, value)
      return number.format(setting === 'remoteApproval.maxMessageBytes' ? value / MEGABYTE : value)
    },
  }
}
