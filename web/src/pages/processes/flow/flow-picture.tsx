import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocalText } from '../../../parts/local-text.ts'
import type { Definition } from '../processes.ts'
import { type FlowEdge, type FlowNode, flowOf } from './flow-of.ts'
import classes from './flow-picture.module.css'
import { useStepWords } from './in-words.ts'
import { type Box, type Layout, layOut, type Point } from './lay-out.ts'
import { wrapWords } from './wrap-words.ts'

const LINE = 20
const PADDING = 12
/** How wide a letter is on average, with room to spare; a title's are bold. */
const LETTER = 7.4
const TITLE_LETTER = 8.6
const STEP_LETTERS = 28
const END_LETTERS = 20
const ANSWER_LETTERS = 24

interface Drawn {
  node: FlowNode
  title: string[]
  notes: string[]
}

/** The steps of a process from top to bottom, with the answers on the ways between them. */
export function FlowPicture({ definition }: { definition: Definition }) {
  const { t } = useTranslation('processes')
  const text = useLocalText()
  const words = useStepWords()
  const arrow = useId()
  const { nodes, edges } = flowOf(definition)

  const drawn = nodes.map((node): Drawn => {
    if (node.kind === 'start') return { node, title: [t('flow.start')], notes: [] }
    if (node.kind === 'end') return { node, title: wrapWords(text(node.title), END_LETTERS, 2), notes: [] }
    const due = words.due(node.step)
    return {
      node,
      title: wrapWords(text(node.step.title), STEP_LETTERS, 2),
      notes: [words.asked(node.step), ...(due === null ? [] : [due])].flatMap((note) =>
        wrapWords(note, STEP_LETTERS, 1),
      ),
    }
  })
  const answersOn = ({ answers }: FlowEdge) =>
    answers.flatMap(({ label, needsComment }) =>
      wrapWords(
        needsComment ? t('flow.with-comment', { answer: text(label) }) : text(label),
        ANSWER_LETTERS,
        2,
      ),
    )
  const laidOut = layOut(
    drawn.map(({ node, title, notes }) => ({ id: node.id, ...sizeOf(node, title, notes) })),
    edges.map((edge) => {
      const lines = answersOn(edge)
      return { from: edge.from, to: edge.to, width: widthOf(lines) + 8, height: lines.length * LINE }
    }),
  )
  const endings = Object.keys(definition.endings).length
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls it by the keys
    <div className={classes.frame} tabIndex={0}>
      <svg
        role="img"
        aria-label={t('flow.alternative', { steps: definition.steps.length, endings })}
        viewBox={`0 0 ${laidOut.width} ${laidOut.height}`}
        width={laidOut.width}
        height={laidOut.height}
      >
        <defs>
          <marker
            id={arrow}
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="8"
            markerHeight="8"
            orient="auto-start-reverse"
          >
            <path d="M0 0 8 4 0 8z" className={classes.arrow} />
          </marker>
        </defs>
        {edges.map((edge) => (
          <Way
            key={`${edge.from} ${edge.to}`}
            edge={edge}
            layout={laidOut}
            lines={answersOn(edge)}
            arrow={arrow}
          />
        ))}
        {drawn.map((one) => (
          <Node key={one.node.id} drawn={one} box={laidOut.boxes.get(one.node.id)} />
        ))}
      </svg>
    </div>
  )
}

const widthOf = (lines: string[], letter = LETTER) =>
  Math.max(0, ...lines.map(({ length }) => length)) * letter

function sizeOf({ kind }: FlowNode, title: string[], notes: string[]) {
  const least = kind === 'step' ? 200 : 96
  const width = Math.max(least, Math.max(widthOf(title, TITLE_LETTER), widthOf(notes)) + 2 * PADDING)
  return { width, height: (title.length + notes.length) * LINE + 2 * PADDING }
}

function Node({ drawn: { node, title, notes }, box }: { drawn: Drawn; box: Box | undefined }) {
  if (box === undefined) return null
  const { x, y, width, height } = box
  return (
    <g data-kind={node.kind} className={classes.node}>
      <rect x={x} y={y} width={width} height={height} rx={node.kind === 'step' ? 6 : height / 2} />
      {[...title, ...notes].map((line, index) => (
        <text
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text have no other name
          key={index}
          x={x + width / 2}
          y={y + PADDING + LINE * index + LINE / 2}
          className={index < title.length ? classes.title : classes.note}
        >
          {line}
        </text>
      ))}
    </g>
  )
}

function Way({
  edge,
  layout,
  lines,
  arrow,
}: {
  edge: FlowEdge
  layout: Layout
  lines: string[]
  arrow: string
}) {
  const way = layout.ways.get(`${edge.from} ${edge.to}`)
  if (way === undefined) return null
  const { points, words } = way
  const width = widthOf(lines) + 8
  const top = words.y - (lines.length * LINE) / 2
  return (
    <g>
      <path d={curveThrough(points)} className={classes.way} markerEnd={`url(#${arrow})`} />
      {lines.length > 0 && (
        <rect
          x={words.x - width / 2}
          y={top}
          width={width}
          height={lines.length * LINE}
          className={classes.behind}
        />
      )}
      {lines.map((line, index) => (
        <text key={line} x={words.x} y={top + LINE * index + LINE / 2} className={classes.answer}>
          {line}
        </text>
      ))}
    </g>
  )
}

/** Straight at both ends, rounded at the bends between. */
function curveThrough(points: Point[]): string {
  const [first, ...others] = points
  const last = others.at(-1)
  if (first === undefined || last === undefined) return ''
  const bends = others.slice(0, -1).map((bend, index) => {
    const next = others[index + 1] ?? last
    const isLast = index === others.length - 2
    const to = isLast ? next : { x: (bend.x + next.x) / 2, y: (bend.y + next.y) / 2 }
    return `Q${bend.x} ${bend.y} ${to.x} ${to.y}`
  })
  return `M${first.x} ${first.y} ${bends.length === 0 ? `L${last.x} ${last.y}` : bends.join(' ')}`
}
