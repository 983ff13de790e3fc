import { readFileSync, readlinkSync } from 'node:fs'
import { platform } from 'node:os'

/** Which process something belongs to, so that it can be told later whether that one is still alive. */
export interface ProcessIdentity {
  pid: number
  /** Boot and start time; null where the system has no /proc. Tells a process from a later one with its pid. */
  startedAt: string | null
  /** The pid namespace, that is the container; null where the system has no /proc. */
  namespace: string | null
}

export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, startedAt: startTime(process.pid), namespace: pidNamespace() }
}

/** Whether that process lives; null when it cannot be told, because it belongs to another container. */
export function isAlive(identity: ProcessIdentity): boolean | null {
  if (identity.namespace !== pidNamespace()) return null
  if (identity.startedAt !== null) return startTime(identity.pid) === identity.startedAt
  try {
    process.kill(identity.pid, 0)
    return true
  } catch (error) {
    // Somebody else's process may not be signalled, but it is there.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function startTime(pid: number): string | null {
  if (platform() !== 'linux') return null
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // proc(5): "pid (comm) state ppid …"; comm may hold anything, parentheses too. Start time is field 22, state 3.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // A zombie keeps its pid until its parent looks, but runs no more.
    return fields[0] === 'Z' ? null : `${boot}/${fields[19]}`
  } catch {
    return null
  }
}

function pidNamespace(): string | null {
  try {
    return readlinkSync('/proc/self/ns/pid')
  } catch {
    return null
  }
}
