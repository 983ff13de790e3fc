import type { CpuProfile } from './cpu-profile.ts'

/** Milliseconds on the CPU by where the code comes from, the longest first; without waiting, and without profiling. */
export function timeByPackage({ nodes, samples = [], timeDeltas = [] }: CpuProfile): [string, number][] {
  const packages = new Map(nodes.map(({ id, callFrame }) => [id, packageOf(callFrame)]))
  const microseconds = new Map<string, number>()
  samples.forEach((id, index) => {
    const name = packages.get(id) ?? '(unknown)'
    microseconds.set(name, (microseconds.get(name) ?? 0) + (timeDeltas[index] ?? 0))
  })
  for (const name of ['(idle)', 'node:inspector']) microseconds.delete(name)
  return [...microseconds]
    .map(([name, spent]): [string, number] => [name, spent / 1_000])
    .sort(([, one], [, other]) => other - one)
}

/** An npm package, a room of ours (`src/store`), a module of Node, or what V8 names in brackets. */
function packageOf({ url, functionName }: { url: string; functionName: string }): string {
  if (url.startsWith('wasm:')) return 'WebAssembly'
  if (url.startsWith('node:'))
    return `node:${
      url
        .slice(5)
        .replace(/^internal\//, '')
        .split('/')[0]
    }`
  const installed = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1]
  if (installed) return installed
  const own = /\/((?:src|bench)\/[^/]+)\//.exec(url)?.[1]
  if (own) return own
  return functionName.startsWith('(') ? functionName : '(native)'
}
