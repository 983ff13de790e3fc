import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Locale } from './processes.ts'

interface LanguageChoiceProps {
  locale: Locale
  onChange: (locale: Locale) => void
}

/** Which language the person asked reads. */
export function LanguageChoice({ locale, onChange }: LanguageChoiceProps) {
  const { t } = useTranslation('processes')
  return (
    <NativeSelect
      label={t('try.language')}
      maw={420}
      data={(['en', 'fr'] as const).map((value) => ({ value, label: t(`language.${value}`) }))}
      value={locale}
      onChange={(event) => onChange(event.currentTarget.value === 'fr' ? 'fr' : 'en')}
    />
  )
}
