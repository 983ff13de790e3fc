import { Button, Menu, VisuallyHidden } from '@mantine/core'
import IconCheck from '@tabler/icons-react/icons/IconCheck'
import IconLanguage from '@tabler/icons-react/icons/IconLanguage'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { chooseLanguage, currentLanguage, type Language, languageNames, languages } from './language.ts'

/** Chooses the language of the pages; what the server said is asked for anew in it. */
export function LanguageMenu() {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const current = currentLanguage()
  async function choose(language: Language) {
    await chooseLanguage(language)
    await queries.invalidateQueries()
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          c="var(--mantine-color-text)"
          px="xs"
          leftSection={<IconLanguage size={18} stroke={1.75} aria-hidden />}
        >
          <VisuallyHidden>{t('language')}</VisuallyHidden>
          {current.toUpperCase()}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {languages.map((language) => (
          <Menu.Item
            key={language}
            lang={language}
            onClick={() => choose(language)}
            rightSection={language === current && <IconCheck size={16} aria-hidden />}
            aria-current={language === current}
          >
            {languageNames[language]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
