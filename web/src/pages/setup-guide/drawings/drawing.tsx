import type { ReactNode } from 'react'
import classes from './drawing.module.css'

interface DrawingProps {
  /** What it shows, for who does not see it. */
  label: string
  height: number
  children: ReactNode
}

/** The width of every drawing, in its own units, which are pixels on a phone. */
export const WIDTH = 320

/** A line drawing in the colours of the theme. */
export function Drawing({ label, height, children }: DrawingProps) {
  return (
    <svg className={classes.drawing} viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={label}>
      {children}
    </svg>
  )
}

interface BoxProps {
  x: number
  y: number
  width: number
  height: number
  tone?: 'plain' | 'quiet' | 'accent' | 'dashed'
}

export function Box({ tone = 'plain', ...rest }: BoxProps) {
  return <rect className={classes[tone]} rx={5} {...rest} />
}

interface WordsProps {
  x: number
  y: number
  children: ReactNode
  tone?: 'text' | 'dim' | 'strong' | 'on-accent' | 'good' | 'bad'
  anchor?: 'start' | 'middle' | 'end'
}

export function Words({ tone = 'text', anchor = 'start', children, ...rest }: WordsProps) {
  return (
    <text className={classes[tone]} textAnchor={anchor} {...rest}>
      {children}
    </text>
  )
}

/** A window of the portal: its frame and its title. */
export function Frame({ title, height }: { title: string; height: number }) {
  return (
    <>
      <Box x={1} y={1} width={WIDTH - 2} height={height - 2} />
      <path className={classes.line} d={`M1 34 H${WIDTH - 1}`} />
      <Words x={14} y={22} tone="strong">
        {title}
      </Words>
    </>
  )
}

/** A check mark or a cross, 12 wide. */
export function Mark({ x, y, kind }: { x: number; y: number; kind: 'good' | 'bad' }) {
  const d = kind === 'good' ? `M${x} ${y} l4 4 l8 -9` : `M${x} ${y - 5} l10 10 m0 -10 l-10 10`
  return <path className={classes[`${kind}-line`]} d={d} />
}

/** A line that leads somewhere. */
export function Arrow({ d, isShut = false }: { d: string; isShut?: boolean }) {
  return <path className={isShut ? classes['arrow-shut'] : classes.arrow} d={d} />
}
