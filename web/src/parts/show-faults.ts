import { flushSync } from 'react-dom'

interface FormWithErrors {
  setErrors: (errors: Record<string, string>) => void
}

/** Shows at its field what is wrong there, and leads to the first of them. */
export function showFaults(form: FormWithErrors, faults: Record<string, string>): void {
  flushSync(() => form.setErrors(faults))
  document.querySelector<HTMLElement>('#content [aria-invalid="true"]')?.focus()
}
