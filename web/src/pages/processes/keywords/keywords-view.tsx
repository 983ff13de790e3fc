import { NativeSelect, Stack, Text } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocalText } from '../../../parts/local-text.ts'
import { Panel } from '../../../parts/panel.tsx'
import { Unreadable } from '../unreadable.tsx'
import { ChoiceKeywords } from './choice-keywords.tsx'
import classes from './keywords-view.module.css'
import { outlineOf } from './outline.ts'
import { setKeywords } from './set-keywords.ts'
import { TryReply } from './try-reply.tsx'

interface KeywordsViewProps {
  text: string
  /** The text that is tried, a moment behind what is typed. */
  checkedText: string
  /** Whether `checkedText` is a definition without errors. */
  isReadable: boolean
  /** Left out where nothing may be changed. */
  onChange: ((text: string) => void) | undefined
}

/** The words of each choice of a step, and a box to try them in before they are saved. */
export default function KeywordsView({ text, checkedText, isReadable, onChange }: KeywordsViewProps) {
  const { t } = useTranslation('processes')
  const local = useLocalText()
  const outline = useMemo(() => outlineOf(text), [text])
  const [chosen, setChosen] = useState<string | null>(null)
  const step = outline?.find(({ name }) => name === chosen) ?? outline?.[0]
  if (outline === null || step === undefined) return <Unreadable />
  return (
    <Stack gap="lg">
      {outline.length > 1 && (
        <NativeSelect
          label={t('step')}
          maw={420}
          data={outline.map(({ name, title }) => ({ value: name, label: local(title) }))}
          value={step.name}
          onChange={(event) => setChosen(event.currentTarget.value)}
        />
      )}
      <div className={classes.columns}>
        <Panel title={t('keywords.title')}>
          <Text size="sm" c="dimmed" mb="md">
            {t(onChange ? 'keywords.lead' : 'keywords.lead-read')}
          </Text>
          {step.questions.map((question) => (
            <section key={question.id} aria-label={local(question.text)} className={classes.question}>
              <Text fw={600} mb="xs">
                {step.questions.length > 1 && `${question.id} `}
                {local(question.text)}
              </Text>
              {question.choices.length === 0 && (
                <Text size="sm" c="dimmed">
                  {t('keywords.value')}
                </Text>
              )}
              {question.choices.map((choice) => (
                <ChoiceKeywords
                  key={choice.result}
                  choice={choice}
                  onChange={onChange && ((list) => onChange(setKeywords(text, choice.path, list)))}
                />
              ))}
            </section>
          ))}
        </Panel>
        <TryReply step={step.name} definition={checkedText} isReadable={isReadable} />
      </div>
    </Stack>
  )
}
