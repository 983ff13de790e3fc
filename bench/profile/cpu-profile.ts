import { type Profiler, Session } from 'node:inspector/promises'

export type CpuProfile = Profiler.Profile

/** Looks every so often where this process is; finer costs more than it shows. */
const SAMPLE_MICROSECONDS = 500

/** Profiles this process until the returned function is called, which gives the profile. */
export async function profileCpu(): Promise<() => Promise<CpuProfile>> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.setSamplingInterval', { interval: SAMPLE_MICROSECONDS })
  await session.post('Profiler.start')
  return async () => {
    const { profile } = await session.post('Profiler.stop')
    session.disconnect()
    return profile
  }
}
