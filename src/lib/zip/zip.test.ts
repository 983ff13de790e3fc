import { execFileSync, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BrokenZip, readZip } from './read-zip.ts'
import { writeZip, type ZippedFile } from './write-zip.ts'

async function zipOf(files: ZippedFile[]): Promise<Buffer> {
  async function* each() {
    yield* files
  }
  return buffer(writeZip(each(), new Date('2026-11-26T04:40:30Z')))
}

const sample = [
  { name: 'README.txt', octets: Buffer.from('read me '.repeat(100)) },
  { name: 'files/1-devis signé.pdf', octets: Buffer.from([0, 255, 1, 254]) },
  { name: 'empty', octets: Buffer.alloc(0) },
]

test('what is packed is read again, whatever it is', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.tuple(fc.stringMatching(/^files\/[\p{L}\d][^\p{C}/\\]{0,40}$/u), fc.uint8Array()), {
        selector: ([name]) => name,
      }),
      async (pairs) => {
        const files = pairs.map(([name, octets]) => ({ name, octets: Buffer.from(octets) }))
        const read = await readZip(await zipOf(files))
        expect([...read]).toEqual(files.map(({ name, octets }) => [name, octets]))
      },
    ),
  )
})

const pythonMissing = spawnSync('python3', ['--version']).status !== 0

test.skipIf(pythonMissing)('another program reads it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-zip-'))
  try {
    const path = join(folder, 'sample.zip')
    writeFileSync(path, await zipOf(sample))
    const program =
      'import zipfile,sys,json\nz=zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is None\n' +
      'print(json.dumps([[i.filename,z.read(i).hex(),list(i.date_time)] for i in z.infolist()]))'
    const listed = JSON.parse(execFileSync('python3', ['-c', program, path], { encoding: 'utf8' }))
    const date = [2026, 11, 26, 4, 40, 30]
    expect(listed).toEqual(sample.map(({ name, octets }) => [name, octets.toString('hex'), date]))
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('no octet of what is packed can be changed unseen, and nothing can be put between', async () => {
  const zip = await zipOf(sample)
  const whole = [...(await readZip(zip))]
  for (let at = 0; at < zip.length; at += 1) {
    const changed = Buffer.from(zip)
    changed.writeUInt8((zip[at] ?? 0) ^ 0x20, at)
    // What says nothing about the files, such as who made it, may be another.
    let read: [string, Buffer][] | null = null
    try {
      read = [...(await readZip(changed))]
    } catch (error) {
      expect(error).toBeInstanceOf(BrokenZip)
    }
    if (read !== null) expect(read).toEqual(whole)
  }
  await expect(readZip(Buffer.concat([zip, Buffer.from('x')]))).rejects.toThrow(BrokenZip)
  await expect(readZip(zip.subarray(0, 10))).rejects.toThrow(BrokenZip)
})

test('what fails while it is packed fails for whoever reads, behind what was packed before', async () => {
  async function* failing() {
    yield* sample
    throw new Error('the store is gone')
  }
  const read: Buffer[] = []
  const reading = async () => {
    for await (const piece of writeZip(failing(), new Date())) read.push(piece)
  }
  await expect(reading()).rejects.toThrow('the store is gone')
  expect(Buffer.concat(read).includes('README.txt')).toBe(true)
})

test('whoever reads no more ends the packing', async () => {
  const ended = Promise.withResolvers<number>()
  async function* endless() {
    let packed = 0
    try {
      for (; packed < 10_000; packed += 1) {
        yield { name: `${packed}`, octets: randomBytes(100_000) }
      }
    } finally {
      ended.resolve(packed)
    }
  }
  for await (const piece of writeZip(endless(), new Date())) {
    expect(piece.length).toBeGreaterThan(0)
    break
  }
  expect(await ended.promise).toBeLessThan(100)
})
