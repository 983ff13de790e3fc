import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startProcess, type TestProcess } from '../../test/support/start-process.ts'
import { OperatorError } from '../lib/operator-error.ts'
import { acquireLock, readLock } from './data-directory-lock.ts'

describe('the data directory’s lock', () => {
  let directory: string
  let started: TestProcess[]
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'countersign-lock-'))
    started = []
  })
  afterEach(async () => {
    await Promise.all(started.map((process) => process.kill()))
    await rm(directory, { recursive: true })
  })

  function start(): TestProcess {
    const process = startProcess('take-lock.ts', directory)
    started.push(process)
    return process
  }

  /** Lets processes that are ready start at one moment; returns those that got the lock. */
  async function race(processes: TestProcess[]): Promise<TestProcess[]> {
    await Promise.all(processes.map((process) => process.atLeast(1)))
    for (const process of processes) process.tell('go')
    const answers = await Promise.all(processes.map((process) => process.atLeast(2)))
    return processes.filter((_, index) => answers[index]?.[1] === 'taken')
  }

  test('one at a time, and the next when it is released', async () => {
    expect(await readLock(directory)).toBeNull()
    const lock = await acquireLock(directory)
    await expect(acquireLock(directory)).rejects.toThrow(`in use by process ${process.pid}`)
    await lock.release()
    expect(await readLock(directory)).toBeNull()
    await (await acquireLock(directory)).release()
    expect(await readdir(directory)).toEqual([])
  })

  test('makes the directory, for our user only', async () => {
    const inner = join(directory, 'not', 'there')
    const lock = await acquireLock(inner)
    expect((await stat(inner)).mode & 0o777).toBe(0o700)
    await lock.release()
  })

  test('tells where the server listens, in a file for our user only', async () => {
    const lock = await acquireLock(directory)
    expect(await readLock(directory)).toEqual({ pid: process.pid, server: null })
    const server = { url: 'http://127.0.0.1:8025', token: 'of-this-run' }
    await lock.publish(server)
    expect(await readLock(directory)).toEqual({ pid: process.pid, server })
    expect((await stat(join(directory, 'lock.json'))).mode & 0o777).toBe(0o600)
    await expect(acquireLock(directory)).rejects.toThrow(OperatorError)
    await lock.release()
    expect(await readdir(directory)).toEqual([])
  })

  test('of many that start together one gets it', async () => {
    const winners = await race(Array.from({ length: 6 }, start))
    expect(winners).toHaveLength(1)
    expect((await readLock(directory))?.pid).toBe(winners[0]?.pid)
  })

  test('a killed process leaves nothing to clean up, and of many that take over one gets it', async () => {
    const [first] = await race([start()])
    await first?.kill('SIGKILL')
    expect(await readFile(join(directory, 'lock.json'), 'utf8')).toContain(`"pid":${first?.pid}`)
    expect(await readLock(directory)).toBeNull()
    const winners = await race(Array.from({ length: 6 }, start))
    expect(winners).toHaveLength(1)
    expect((await readLock(directory))?.pid).toBe(winners[0]?.pid)
    winners[0]?.tell('end')
    await winners[0]?.ended
    expect(await readdir(directory)).toEqual([])
  })

  test('a killed takeover is taken over too', async () => {
    const [first] = await race([start()])
    await first?.kill('SIGKILL')
    const stale = await readFile(join(directory, 'lock.json'), 'utf8')
    await writeFile(join(directory, 'lock.json.takeover'), stale)
    const lock = await acquireLock(directory)
    await lock.release()
    expect(await readdir(directory)).toEqual([])
  })

  test('a later process with the same pid is not taken for the holder', async () => {
    const lock = await acquireLock(directory)
    const file = join(directory, 'lock.json')
    const content = JSON.parse(await readFile(file, 'utf8'))
    await lock.release()
    await writeFile(file, JSON.stringify({ ...content, startedAt: `${content.startedAt}0` }))
    expect(await readLock(directory)).toBeNull()
    await (await acquireLock(directory)).release()
  })

  test('a holder in another container lives while it touches its file', async () => {
    const lock = await acquireLock(directory)
    const file = join(directory, 'lock.json')
    const content = JSON.parse(await readFile(file, 'utf8'))
    await lock.release()
    await writeFile(file, JSON.stringify({ ...content, pid: 1, namespace: 'pid:[1]' }))
    await expect(acquireLock(directory)).rejects.toThrow('process 1 of another container')
    const longAgo = new Date(Date.now() - 60_000)
    await utimes(file, longAgo, longAgo)
    expect(await readLock(directory)).toBeNull()
    await (await acquireLock(directory)).release()
  })

  test.each(['', '{}', '{"pid":'])('a file that is none of ours is left alone: %j', async (content) => {
    const file = join(directory, 'lock.json')
    await writeFile(file, content)
    await expect(acquireLock(directory)).rejects.toThrow('not a lock file of ours')
    expect(await readFile(file, 'utf8')).toBe(content)
  })
})
