import { useEffect, useReducer } from 'react'
import { useTranslation } from 'react-i18next'
import { withFirstOfMonth } from './first-of-month.ts'
import { useNotation } from './notation.ts'
import { useTimeZone } from './time-zone.ts'

const units = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
] as const

/** How long ago or ahead, in words that go with the time; the exact time is shown on hover. */
export function RelativeTime({ at }: { at: string }) {
  const { i18n } = useTranslation()
  const [, lookAgain] = useReducer((times: number) => times + 1, 0)
  useEffect(() => {
    const timer = setInterval(lookAgain, 15_000)
    return () => clearInterval(timer)
  }, [])
  const notation = useNotation()
  const exact = new Intl.DateTimeFormat(notation, {
    ...{ dateStyle: 'full', timeStyle: 'medium' },
    timeZone: useTimeZone(),
  })
  return (
    <time dateTime={at} title={withFirstOfMonth(exact.format(new Date(at)), notation)}>
      {inWords(new Date(at).getTime() - Date.now(), i18n.language)}
    </time>
  )
}

function inWords(milliseconds: number, language: string): string {
  const words = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' })
  const seconds = Math.round(milliseconds / 1_000)
  const fitting = units.find((one) => Math.abs(seconds) >= one.seconds)
  if (!fitting) return words.format(0, 'second')
  return words.format(Math.trunc(seconds / fitting.seconds), fitting.unit)
}
