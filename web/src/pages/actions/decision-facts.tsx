import { Stack, Text } from '@mantine/core'
import { withFirstOfMonth } from '../../parts/first-of-month.ts'
import { FormFacts } from '../../parts/form-facts.tsx'
import { useNotation } from '../../parts/notation.ts'
import { Quote } from '../../parts/quote.tsx'
import { useTimeZone } from '../../parts/time-zone.ts'
import type { Action } from './actions.ts'
import { DecisionLine } from './decision-line.tsx'

/** A decision with all that was said with it. */
export function DecisionFacts({ decision }: { decision: NonNullable<Action['decision']> }) {
  const notation = useNotation()
  const timeZone = useTimeZone()
  const exact = new Intl.DateTimeFormat(notation, { dateStyle: 'full', timeStyle: 'short', timeZone })
  return (
    <Stack gap="xs">
      <Text>
        <DecisionLine decision={decision} />
      </Text>
      <Text size="sm" c="dimmed">
        {withFirstOfMonth(exact.format(new Date(decision.at)), notation)}
      </Text>
      {decision.said.length > 1 && (
        <FormFacts form={decision.said.map(({ id, ...said }) => ({ name: id, type: 'text', ...said }))} />
      )}
      {decision.comment !== '' && <Quote>{decision.comment}</Quote>}
    </Stack>
  )
}
