import type { Look } from './chart.ts'

const colours: Record<Look, string> = {
  full: 'var(--chart-full)',
  hatched: 'var(--chart-hatched)',
  dotted: 'var(--chart-dotted)',
}

/** The patterns of areas, to be put into a drawing whose `fillOf` names them by the same id. */
export function Patterns({ id }: { id: string }) {
  return (
    <defs>
      <pattern
        id={`${id}-hatched`}
        width={6}
        height={6}
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect width={6} height={6} fill="var(--ground)" />
        <rect width={3} height={6} fill={colours.hatched} />
      </pattern>
      <pattern id={`${id}-dotted`} width={5} height={5} patternUnits="userSpaceOnUse">
        <rect width={5} height={5} fill="var(--ground)" />
        <circle cx={2.5} cy={2.5} r={1.5} fill={colours.dotted} />
      </pattern>
    </defs>
  )
}

/** How an area of this look is filled. */
export function fillOf(look: Look, id: string): string {
  return look === 'full' ? colours.full : `url(#${id}-${look})`
}

/** The colour of a line, or of an area's edge. */
export function colourOf(look: Look): string {
  return colours[look]
}

/** What a point on a line of this look is filled with. */
export function dotOf(look: Look): string {
  return look === 'full' ? colours.full : 'var(--ground)'
}

/** How a line of this look is broken. */
export function dashesOf(look: Look): string {
  return { full: 'none', hatched: '6 4', dotted: '2 3' }[look]
}
