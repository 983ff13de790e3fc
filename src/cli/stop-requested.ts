/**
 * Resolves at the first SIGTERM or SIGINT, for a stop that finishes what is under way. A second signal ends the process
 * at once: whatever hangs must not keep a person waiting, and nothing is lost by it.
 */
export function stopRequested(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false
    const onSignal = () => {
      if (asked) process.exit(1)
      asked = true
      resolve()
    }
    process.on('SIGTERM', onSignal)
    process.on('SIGINT', onSignal)
  })
}
