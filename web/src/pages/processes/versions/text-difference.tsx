import { Text, VisuallyHidden } from '@mantine/core'
import { structuredPatch } from 'diff'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../../parts/panel.tsx'
import classes from './text-difference.module.css'

/** Lines around a change that are shown with it. */
const AROUND = 3
/** Texts that differ in more are two texts, and finding the way from one to the other takes long. */
const MOST_CHANGES = 2_000

/** In which lines a text differs from another, with those around them. */
export default function TextDifference({
  title,
  before,
  after,
}: {
  title: string
  before: string
  after: string
}) {
  const { t } = useTranslation('processes')
  const hunks = useMemo(() => {
    const options = { context: AROUND, maxEditLength: MOST_CHANGES }
    return structuredPatch('', '', before, after, '', '', options)?.hunks ?? null
  }, [before, after])
  return (
    <Panel title={title} mt="lg">
      {hunks === null ? (
        <Text>{t('difference.everything')}</Text>
      ) : hunks.length === 0 ? (
        <Text>{t('difference.none')}</Text>
      ) : (
        hunks.map(({ oldStart, newStart, lines }) => (
          <section
            key={`${oldStart} ${newStart}`}
            className={classes.hunk}
            aria-label={t('line', { line: newStart })}
          >
            <p className={classes.place}>{t('line', { line: newStart })}</p>
            {lines.map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text have no other name
              <Line key={index} line={line} />
            ))}
          </section>
        ))
      )}
    </Panel>
  )
}

/** A line of a unified diff: its first letter says whether it came, went or stayed. */
function Line({ line }: { line: string }) {
  const { t } = useTranslation('processes')
  const text = line.slice(1)
  if (line.startsWith('+')) {
    return (
      <ins className={classes.line}>
        <VisuallyHidden>{t('difference.added')} </VisuallyHidden>
        {text}
      </ins>
    )
  }
  if (line.startsWith('-')) {
    return (
      <del className={classes.line}>
        <VisuallyHidden>{t('difference.removed')} </VisuallyHidden>
        {text}
      </del>
    )
  }
  // What a diff says of a missing line end at the end of a text says nothing to its reader.
  return line.startsWith('\\') ? null : <span className={classes.line}>{text}</span>
}
