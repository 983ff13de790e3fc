import type { SetupGuide } from './place.ts'
import type { Subject } from './subject.ts'

/** What every step is given. */
export interface StepProps {
  subject: Subject
  guide: SetupGuide
}
