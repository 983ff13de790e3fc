import IconArrowDownRight from '@tabler/icons-react/icons/IconArrowDownRight'
import IconArrowRight from '@tabler/icons-react/icons/IconArrowRight'
import IconArrowUpRight from '@tabler/icons-react/icons/IconArrowUpRight'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './figure.module.css'

interface FigureProps {
  label: string
  /** As it is now and as it was before; null where there is nothing to tell of. */
  now: number | null
  before: number | null
  write: (value: number | null) => string
  /** What goes with it: the oldest, nine in ten. */
  children: ReactNode
}

const arrows = { up: IconArrowUpRight, down: IconArrowDownRight, same: IconArrowRight }

/** One figure, with what it was four weeks earlier. */
export function Figure({ label, now, before, write, children }: FigureProps) {
  return (
    <div className={classes.figure}>
      <dt>{label}</dt>
      <dd className={classes.value}>{write(now)}</dd>
      {children && <dd>{children}</dd>}
      {now !== null && <Trend now={now} before={before} write={write} />}
    </div>
  )
}

/** Whether more or less is better is for the reader to say: no colour does. */
function Trend({ now, before, write }: { now: number; before: number | null; write: FigureProps['write'] }) {
  const { t } = useTranslation('dashboard')
  if (before === null) return <dd className={classes.trend}>{t('trend.none')}</dd>
  // What is written alike is alike to the reader.
  const way = write(now) === write(before) ? 'same' : now > before ? 'up' : 'down'
  const Arrow = arrows[way]
  return (
    <dd className={classes.trend}>
      <Arrow size={16} stroke={1.75} aria-hidden />
      {t(`trend.${way}`, { before: write(before) })}
    </dd>
  )
}
