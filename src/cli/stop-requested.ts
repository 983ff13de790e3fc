/** Docker and Kubernetes kill after ten seconds and more; whatever hangs must have given up by then. */
const MOST_MS = 10_000

/**
 * Resolves at the first SIGTERM or SIGINT, for a stop that finishes what is under way. The process ends at once at a
 * second signal, or when the stop has not come to its end within ten seconds: nothing is lost by it.
 */
export function stopRequested(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false
    const onSignal = () => {
      if (asked) process.exit(1)
      asked = true
      setTimeout(() => process.exit(1), MOST_MS).unref()
      resolve()
    }
    process.on('SIGTERM', onSignal)
    process.on('SIGINT', onSignal)
  })
}
