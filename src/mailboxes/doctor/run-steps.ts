import { MailError } from '../../mail/errors.ts'
import { failed, mendFor } from '../../mail/finding.ts'
import type { CheckFacts, CheckStep, Finding, Mend } from '../../mail/mailbox.ts'

/** Why a step was not taken: one that it needs failed, there was no time left, or nothing was to be sent. */
export type Skipped = { needs: string } | 'no-time' | 'not-sending'

/** A step of the doctor with what came of it. */
export interface Check {
  id: string
  outcome: Finding['outcome'] | 'skipped'
  evidence: string
  mend: Mend | null
  skipped: Skipped | null
}

/** A step with its own time, where the usual one does not do. */
export interface TimedStep extends CheckStep {
  timeoutMs?: number
  /** It would send, and nothing is to be sent. */
  notSending?: boolean
}

/** Far above what a step takes that works, and short enough that one silent server leaves time for the others. */
const usualMs = 20_000

/**
 * Takes the steps one after another. A step is skipped when one that it needs failed or was skipped, and all that are
 * left when the signal ends. `learn` is told what a step has learnt as soon as it ends.
 */
export async function* runSteps(
  steps: readonly TimedStep[],
  signal: AbortSignal,
  learn: (facts: CheckFacts) => void = () => {},
): AsyncGenerator<Check> {
  /** Steps that the others cannot build on, with the one at which it began. */
  const broken = new Map<string, string>()
  for (const step of steps) {
    const missing = step.needs.find((id) => broken.has(id))
    if (step.notSending) {
      broken.set(step.id, step.id)
      yield skipped(step, 'not-sending')
    } else if (missing !== undefined) {
      const root = broken.get(missing) ?? missing
      broken.set(step.id, root)
      yield skipped(step, { needs: root })
    } else if (signal.aborted) {
      broken.set(step.id, step.id)
      yield skipped(step, 'no-time')
    } else {
      const ownTime = AbortSignal.timeout(step.timeoutMs ?? usualMs)
      const { facts, ...found } = await step.run(AbortSignal.any([signal, ownTime])).catch(failure)
      learn(facts)
      if (found.outcome === 'failed') broken.set(step.id, step.id)
      yield { id: step.id, ...found, skipped: null }
    }
  }
}

function skipped({ id }: CheckStep, reason: Skipped): Check {
  return { id, outcome: 'skipped', evidence: '', mend: null, skipped: reason }
}

function failure(error: unknown): Finding {
  if (!(error instanceof MailError)) throw error
  return failed(error.message, mendFor(error))
}
