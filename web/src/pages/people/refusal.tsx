import { useTranslation } from 'react-i18next'
import { Callout } from '../../parts/callout.tsx'
import { problemsOf } from './person-form.tsx'

/** Why something was not done, where no field is at fault. */
export function Refusal({ error }: { error: Error | null }) {
  const { t } = useTranslation('people')
  const text = error && problemsOf(error, t).rest
  if (!text) return null
  return (
    <Callout kind="failed" role="alert" mt="md">
      {text}
    </Callout>
  )
}
