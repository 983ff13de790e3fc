import { readFile, writeFile } from 'node:fs/promises'

/** Megabytes of memory that a process holds (`VmRSS`) or has held at the most (`VmHWM`), as Linux counts them. */
export async function memoryOf(pid: number, counted: 'VmRSS' | 'VmHWM'): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  const kilobytes = new RegExp(`^${counted}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]
  if (kilobytes === undefined) throw new Error(`/proc/${pid}/status does not tell ${counted}`)
  return Number(kilobytes) / 1_024
}

/** Lets `VmHWM` begin anew (proc(5), `clear_refs`). */
export async function forgetMost(pid: number): Promise<void> {
  await writeFile(`/proc/${pid}/clear_refs`, '5')
}
