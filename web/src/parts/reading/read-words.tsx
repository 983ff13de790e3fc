import { Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './read-words.module.css'
import type { Reading, ReadingWords } from './reading.ts'
import { isDoubt } from './regions-of.ts'

/** What was read, and the words that it rests on: those that decide, and those that cast a doubt. */
export function ReadWords({ reading, words }: { reading: Reading; words: ReadingWords }) {
  const { t, i18n } = useTranslation('reading')
  const languages = new Intl.DisplayNames(i18n.language, { type: 'language' })
  const bodies = [reading, ...reading.parts]
  const found = new Map(
    bodies.flatMap(({ text, matched }) =>
      matched.map((match) => {
        const written = text.slice(match.from, match.to)
        return [`${match.as} ${written}`, { ...match, written }] as const
      }),
    ),
  )
  const list = new Intl.ListFormat(i18n.language, { type: 'unit', style: 'narrow' })
  return (
    <Stack gap="xs">
      <Text fw={600}>
        <bdi>{words.said}</bdi>
      </Text>
      {words.facts.map((fact) => (
        <Text key={fact} className={classes.fact ?? ''}>
          <bdi>{fact}</bdi>
        </Text>
      ))}
      {found.size === 0 ? (
        <Text size="sm" c="dimmed">
          {t('no-match')}
        </Text>
      ) : (
        <dl className={classes.matches}>
          {[...found].map(([key, { as, written, languages: codes }]) => (
            <div key={key} data-doubt={isDoubt(as)}>
              <dt>
                <bdi>
                  {codes.length === 0
                    ? t('match', { words: written })
                    : t('match-in', {
                        words: written,
                        languages: list.format(codes.map((code) => languages.of(code) ?? code)),
                      })}
                </bdi>
              </dt>
              <dd>{words.matched[as] ?? as}</dd>
            </div>
          ))}
        </dl>
      )}
    </Stack>
  )
}
