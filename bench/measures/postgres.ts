import type { Measure } from '../bench.ts'
import { printProfile } from '../profile/print-profile.ts'
import { drainByWorkers } from '../scene/drain-by-workers.ts'
import { openDurablePostgres } from '../scene/durable-postgres.ts'
import { measureBareCommits } from '../scene/measure-bare-commits.ts'

/** As many connections as a server answers at a time. */
const CONNECTIONS = 8

/** Replies a second on PostgreSQL by worker processes, beside what its disk gives. */
export const measurePostgres: Measure = async (bench) => {
  const count = bench.size(1_000)
  const server = await openDurablePostgres(process.env.TEST_DATABASE_URL)
  try {
    const perSecond = async (workers: number) => {
      const place = { databaseUrl: await server.createDatabase() }
      const options = { count, workers, profile: bench.profile }
      const { milliseconds, profiles } = await drainByWorkers(bench.simulator, place, options)
      profiles.forEach((profile, index) => {
        printProfile(
          `PostgreSQL, worker ${index + 1} of ${workers}, start included`,
          profile,
          count / workers,
        )
      })
      return (count * 1_000) / milliseconds
    }
    const one = await perSecond(1)
    const two = await perSecond(2)
    const place = { databaseUrl: await server.createDatabase() }
    const options = { count: bench.size(20_000), connections: CONNECTIONS }
    const bareCommits = await measureBareCommits(place, options)
    return {
      workers: { 1: one, 2: two },
      repliesPerSecond: { postgres: two },
      bareCommitsPerSecond: { postgres: bareCommits },
      repliesPerBareCommit: { postgres: two / bareCommits },
    }
  } finally {
    await server.stop()
  }
}
