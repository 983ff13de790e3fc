import type { components } from '../api/schema.ts'
import classes from './form-facts.module.css'
import { useLocalText } from './local-text.ts'

/** What a requester filled in: label beside value, one above the other on a phone. */
export function FormFacts({ form }: { form: components['schemas']['FormEntry'][] }) {
  const text = useLocalText()
  return (
    <dl className={classes.facts}>
      {form.map((entry) => (
        <div key={entry.name} data-type={entry.type}>
          <dt>{text(entry.label)}</dt>
          <dd>{text(entry.text)}</dd>
        </div>
      ))}
    </dl>
  )
}
