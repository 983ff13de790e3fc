import { Skeleton, Text } from '@mantine/core'
import { lazy, Suspense, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../../parts/panel.tsx'
import classes from './chart.module.css'
import { CHART_HEIGHT, type Drawing, type Series } from './chart.ts'
import { colourOf, dashesOf, dotOf, fillOf, Patterns } from './look.tsx'
import { ValueTable, type ValueTableProps } from './value-table.tsx'

// What draws is larger than the rest of the page, and the figures can be read meanwhile.
const drawings = { bars: lazy(() => import('./bars.tsx')), lines: lazy(() => import('./lines.tsx')) }

interface ChartPanelProps extends Drawing, Omit<ValueTableProps, 'title'> {
  title: string
  kind: keyof typeof drawings
  /** Said in the place of the drawing when there is nothing to draw. */
  empty: string
}

/** A chart with its figures as a table beneath, which is what a screen reader is led to. */
export function ChartPanel({ title, kind, empty, columns, rows, ...drawing }: ChartPanelProps) {
  const { t } = useTranslation('dashboard')
  const Draw = drawings[kind]
  // A bar of zero is not seen; a share of zero is a point like others.
  const isNothing = (value: number | null) => value === null || (kind === 'bars' && value === 0)
  const isEmpty = drawing.points.every(({ values }) => Object.values(values).every(isNothing))
  return (
    <Panel title={title}>
      {isEmpty ? (
        <Text c="dimmed">{empty}</Text>
      ) : (
        <>
          <div role="img" aria-label={t('drawn', { title })} className={classes.drawing}>
            <Suspense fallback={<Skeleton height={CHART_HEIGHT} />}>
              <Draw {...drawing} />
            </Suspense>
          </div>
          {drawing.series.length > 1 && <Legend kind={kind} series={drawing.series} />}
          <ValueTable title={title} columns={columns} rows={rows} />
        </>
      )}
    </Panel>
  )
}

function Legend({ kind, series }: { kind: keyof typeof drawings; series: Series[] }) {
  const id = useId()
  return (
    <ul className={classes.legend}>
      {series.map(({ key, label, look }) => (
        <li key={key}>
          <svg width={24} height={12} aria-hidden>
            {kind === 'bars' ? (
              <>
                <Patterns id={`${id}${key}`} />
                <rect
                  x={0.5}
                  y={0.5}
                  width={23}
                  height={11}
                  fill={fillOf(look, `${id}${key}`)}
                  stroke={colourOf(look)}
                />
              </>
            ) : (
              <>
                <path d="M0 6h24" stroke={colourOf(look)} strokeWidth={2} strokeDasharray={dashesOf(look)} />
                <circle cx={12} cy={6} r={3} fill={dotOf(look)} stroke={colourOf(look)} strokeWidth={2} />
              </>
            )}
          </svg>
          {label}
        </li>
      ))}
    </ul>
  )
}
