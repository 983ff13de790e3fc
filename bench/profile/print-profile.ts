import { printTable } from '../print-table.ts'
import type { CpuProfile } from './cpu-profile.ts'
import { timeByPackage } from './time-by-package.ts'

/** What is below this is left out of the table. */
const LEAST_SHARE = 0.01

/** Prints where the time of one reply goes: milliseconds on the CPU a reply, and the share of all, by package. */
export function printProfile(title: string, profile: CpuProfile, replies: number): void {
  const rows = timeByPackage(profile)
  const total = rows.reduce((sum, [, milliseconds]) => sum + milliseconds, 0)
  const shown = rows.filter(([, milliseconds]) => milliseconds / total >= LEAST_SHARE)
  const lines = shown.map(([name, milliseconds]): [string, number, string] => [
    name,
    milliseconds / replies,
    `${((100 * milliseconds) / total).toFixed(1)} %`,
  ])
  printTable(`${title}: milliseconds a reply, share`, [...lines, ['all', total / replies, '100 %']])
}
