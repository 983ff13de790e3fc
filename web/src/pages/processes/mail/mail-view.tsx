import { NativeSelect, Stack, Text } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { styleNonce } from '../../../app/style-nonce.ts'
import { ErrorState } from '../../../parts/error-state.tsx'
import { LoadingState } from '../../../parts/loading-state.tsx'
import { useLocalText } from '../../../parts/local-text.ts'
import { Panel } from '../../../parts/panel.tsx'
import { LanguageChoice } from '../language-choice.tsx'
import { type Definition, type Locale, mailPreview } from '../processes.ts'
import classes from './mail-view.module.css'
import { withStyleSheet } from './with-style-sheet.ts'

/** A small telephone, the reading pane of a mail program, a window of its own. */
const widths = [320, 600, 1000] as const

/** The approval e-mail of a step, in each language and as wide as people read it. */
export default function MailView({ definition, text }: { definition: Definition; text: string }) {
  const { t, i18n } = useTranslation('processes')
  const local = useLocalText()
  const [chosen, setChosen] = useState<string | null>(null)
  const [locale, setLocale] = useState<Locale>(i18n.language === 'fr' ? 'fr' : 'en')
  // On a phone, as a phone shows it.
  const [width, setWidth] = useState<number>(window.innerWidth < 700 ? 320 : 600)
  const { steps } = definition
  const step = steps.find(({ name }) => name === chosen) ?? steps[0]
  const asked = { definition: text, step: step?.name ?? '', locale }
  const { data, error, refetch } = useQuery({ ...mailPreview(asked), placeholderData: keepPreviousData })
  return (
    <Stack gap="lg">
      <div className={classes.choices}>
        {steps.length > 1 && (
          <NativeSelect
            label={t('step')}
            data={steps.map(({ name, title }) => ({ value: name, label: local(title) }))}
            value={step?.name ?? ''}
            onChange={(event) => setChosen(event.currentTarget.value)}
          />
        )}
        <LanguageChoice locale={locale} onChange={setLocale} />
        <NativeSelect
          label={t('mail.width')}
          data={widths.map((value) => ({ value: String(value), label: t('mail.pixels', { width: value }) }))}
          value={String(width)}
          onChange={(event) => setWidth(Number(event.currentTarget.value))}
        />
      </div>
      {data ? (
        <>
          <Panel title={data.subject}>
            <Text size="sm" c="dimmed" mb="md">
              {t('mail.sample')}
            </Text>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls it by the keys */}
            <div className={classes.desk} tabIndex={0}>
              <iframe
                title={t('mail.html')}
                className={classes.mail}
                style={{ width }}
                // Nothing in it runs, is sent or leads anywhere.
                sandbox=""
                srcDoc={withStyleSheet(data.html, styleNonce())}
              />
            </div>
          </Panel>
          <Panel title={t('mail.text')}>
            <pre className={classes.text}>{data.text}</pre>
          </Panel>
        </>
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <LoadingState />
      )}
    </Stack>
  )
}
