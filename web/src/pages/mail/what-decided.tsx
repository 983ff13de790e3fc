import { Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../parts/panel.tsx'
import { ReadWords } from '../../parts/reading/read-words.tsx'
import type { Inbound } from './messages.ts'

/** What was read, and the words that it rests on: those that decide, and those that cast a doubt. */
export function WhatDecided({
  message,
}: {
  message: Pick<Inbound, 'reading' | 'words' | 'advice' | 'decision'>
}) {
  const { t } = useTranslation('mail')
  const { reading, words, advice, decision } = message
  if (!reading || !words) return null
  return (
    <Panel title={t(decision && decision.enteredBy === null ? 'decided.title' : 'decided.read')}>
      <Stack gap="xs">
        <ReadWords reading={reading} words={words} />
        {advice !== null && <Text size="sm">{advice}</Text>}
      </Stack>
    </Panel>
  )
}
