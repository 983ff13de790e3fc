import { Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './read-text.module.css'
import type { Reading, ReadingWords } from './reading.ts'
import { type Body, regionsOf, type Stretch } from './regions-of.ts'

/** A text that was read, every stretch of it with the name of what it was taken for. */
export function ReadText({ reading, words }: { reading: Reading; words: ReadingWords }) {
  const { t } = useTranslation('reading')
  // Where the bodies of a message say different things, each is shown with what it says.
  const bodies = reading.parts.length > 0 ? reading.parts : [reading]
  const stretches = bodies.map((body) => regionsOf(body))
  if (stretches.flat().length === 0) return <Text c="dimmed">{t('none')}</Text>
  return (
    <Stack gap="md">
      {bodies.map((body: Body, index) => (
        <div key={words.parts[index] ?? ''}>
          {reading.parts.length > 0 && (
            <Title order={3} mb="xs">
              {words.parts[index]}
            </Title>
          )}
          <div className={classes.text}>
            {(stretches[index] ?? []).map((stretch) => (
              <Region key={keyOf(stretch, body)} stretch={stretch} words={words} />
            ))}
          </div>
        </div>
      ))}
      <Legend stretches={stretches.flat()} words={words} />
    </Stack>
  )
}

const keyOf = (stretch: Stretch, body: Body) =>
  `${stretch.region} ${body.text.indexOf(stretch.pieces[0]?.text ?? '')} ${stretch.lines} ${stretch.rule}`

/** So many lines are read at a glance; a longer quote or signature is opened by who wants it. */
const GLANCE = 4

function Region({ stretch, words }: { stretch: Stretch; words: ReadingWords }) {
  const { t } = useTranslation('reading')
  const { region, pieces, lines, isContinued } = stretch
  const text = (
    <bdi className={classes.written}>
      {isContinued && '… '}
      <Pieces pieces={pieces} />
    </bdi>
  )
  const isAside = region !== 'answer' && region !== 'comment' && lines > GLANCE
  return (
    <div className={classes.region} data-region={region}>
      {isAside ? (
        <details>
          <summary>{t('lines', { count: lines })}</summary>
          {text}
        </details>
      ) : (
        text
      )}
      <span className={classes.name}>{words.regions[region] ?? region}</span>
    </div>
  )
}

function Pieces({ pieces }: Pick<Stretch, 'pieces'>) {
  let at = 0
  return pieces.map(({ text, as }) => {
    at += text.length
    if (as === null) return text
    return (
      <mark key={at} className={classes.match} data-as={as}>
        {text}
      </mark>
    )
  })
}

/** What the names stand for, and by which rule each was given. */
function Legend({ stretches, words }: { stretches: Stretch[]; words: ReadingWords }) {
  const { t } = useTranslation('reading')
  const kinds = new Map(stretches.map(({ region, rule }) => [`${region} ${rule}`, { region, rule }]))
  return (
    <details className={classes.legend}>
      <summary>{t('legend')}</summary>
      <dl>
        {[...kinds].map(([key, { region, rule }]) => (
          <div key={key} data-region={region}>
            <dt>{words.regions[region] ?? region}</dt>
            <dd>{words.rules[rule] ?? rule}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
