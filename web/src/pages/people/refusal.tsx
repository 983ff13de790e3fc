import { Callout } from '../../parts/callout.tsx'
import { problemsOf } from './person-form.tsx'

/** Why something was not done, where no field is at fault. */
export function Refusal({ error }: { error: Error | null }) {
  const text = error && problemsOf(error).rest
  if (!text) return null
  return (
    <Callout kind="failed" role="alert" mt="md">
      {text}
    </Callout>
  )
}
