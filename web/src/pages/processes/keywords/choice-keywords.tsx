import { Badge, Group, Stack, TagsInput, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useLocalText } from '../../../parts/local-text.ts'
import type { KeywordList, OutlinedChoice } from './outline.ts'

/** As the checker has it. */
const MOST_KEYWORDS = 30

interface ChoiceKeywordsProps {
  choice: OutlinedChoice
  /** Left out where nothing may be changed. */
  onChange: ((list: KeywordList) => void) | undefined
}

/** The words that count as a choice, by language. */
export function ChoiceKeywords({ choice, onChange }: ChoiceKeywordsProps) {
  const { t } = useTranslation('processes')
  const local = useLocalText()
  const label = local(choice.label)
  return (
    <Stack gap="xs" mb="md">
      <Group gap="xs">
        <Text fw={500}>{label}</Text>
        <Text size="sm" c="dimmed">
          {choice.result}
        </Text>
      </Group>
      {choice.keywords.map(({ language, words }) =>
        onChange ? (
          <TagsInput
            key={language}
            label={t('keywords.of', { label, language: t(`language.${language}`) })}
            value={words}
            // The words may be of another language than the page.
            attributes={{ input: { lang: langOf(language) } }}
            maxTags={MOST_KEYWORDS}
            splitChars={[',', ';']}
            onChange={(changed) => onChange({ language, words: changed })}
          />
        ) : (
          <Words key={language} language={language} words={words} />
        ),
      )}
    </Stack>
  )
}

const langOf = (language: KeywordList['language']) => (language === 'all' ? undefined : language)

function Words({ language, words }: KeywordList) {
  const { t } = useTranslation('processes')
  if (words.length === 0) return null
  return (
    <Group gap={6}>
      <Text size="sm" w={80}>
        {t(`language.${language}`)}
      </Text>
      {words.map((word) => (
        <Badge key={word} lang={langOf(language)} variant="default" tt="none" fw={400} size="lg">
          {word}
        </Badge>
      ))}
    </Group>
  )
}
