import { Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemError } from '../../../api/problem-error.ts'
import { Callout } from '../../../parts/callout.tsx'
import { Panel } from '../../../parts/panel.tsx'
import { ReadText } from '../../../parts/reading/read-text.tsx'
import { ReadWords } from '../../../parts/reading/read-words.tsx'
import { LanguageChoice } from '../language-choice.tsx'
import { type Locale, triedReply } from '../processes.ts'

/** As the server takes it. */
const MOST_LETTERS = 64 * 1024

const kinds = {
  decide: 'done',
  rest: 'waiting',
  'ask-back': 'waiting',
  help: 'quiet',
  'record-comment': 'quiet',
  'tell-status': 'quiet',
  delegate: 'quiet',
  nothing: 'quiet',
} as const

interface TryReplyProps {
  step: string
  definition: string
  /** Whether the definition has no errors. */
  isReadable: boolean
}

/** A reply is written, and the real reader says what it makes of it; asked again when the keywords change. */
export function TryReply({ step, definition, isReadable }: TryReplyProps) {
  const { t, i18n } = useTranslation('processes')
  const [locale, setLocale] = useState<Locale>(i18n.language === 'fr' ? 'fr' : 'en')
  const [written, setWritten] = useState('')
  const [tried, setTried] = useState<string | null>(null)
  const { data, error, isFetching } = useQuery({
    ...triedReply({ definition, step, locale, text: tried ?? '' }, i18n.language),
    enabled: tried !== null && isReadable,
    placeholderData: keepPreviousData,
  })

  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(written)
  }

  return (
    <Panel title={t('try.title')}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <LanguageChoice locale={locale} onChange={setLocale} />
          <Textarea
            label={t('try.reply')}
            description={t('try.hint')}
            autosize
            minRows={4}
            maxRows={14}
            maxLength={MOST_LETTERS}
            value={written}
            onChange={(event) => setWritten(event.currentTarget.value)}
          />
          <Group>
            <Button type="submit" variant="default" loading={isFetching} disabled={!isReadable}>
              {t('try.read')}
            </Button>
            {!isReadable && <Text size="sm">{t('try.unreadable')}</Text>}
          </Group>
        </Stack>
      </form>
      {tried !== null && (
        <Stack gap="md" mt="lg" aria-live="polite">
          {error ? (
            <Callout kind="failed">
              {error instanceof ProblemError ? error.problem.detail : t('try.failed')}
            </Callout>
          ) : (
            data && (
              <>
                <Callout kind={kinds[data.follows.kind]}>{data.follows.text}</Callout>
                <ReadWords reading={data.reading} words={data.words} />
                <ReadText reading={data.reading} words={data.words} />
              </>
            )
          )}
        </Stack>
      )}
    </Panel>
  )
}
