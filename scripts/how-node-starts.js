// How Node is started, for little memory: `serve` on the embedded database stays below 300 MB with nothing to do, and
// below 400 MB while it works a full mailbox.

/** A young generation of 4 MB and a heap that grows in small steps: V8 would collect the rest much later. */
export const nodeFlags = ['--max-semi-space-size=4', '--heap-growing-percent=20']

/** glibc keeps what was freed for each thread; two arenas, trimmed early, give it back. Others do not look at these. */
export const nodeEnvironment = { MALLOC_ARENA_MAX: '2', MALLOC_TRIM_THRESHOLD_: '131072' }
