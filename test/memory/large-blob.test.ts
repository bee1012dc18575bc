import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { expect, onTestFinished, test } from 'vitest'
import { records } from '../../emulator/index.ts'
import { newMessage } from '../../emulator/scenarios/day.ts'
import { makeKit, makePerson } from '../cli/break-in.ts'

const MIB = 1024 * 1024
/** The smallest instance of Azure Functions. */
const MEMORY_MIB = 512
/** What V8 is given of it: the rest is code, buffers and sockets. */
const HEAP_MIB = 256

const kit = makeKit('large')
const people = 'amara ben chloe dev elin farid grace hugo imani jonas'
  .split(' ')
  .map(name => makePerson(kit, name))

/** One record of the kind that large blobs are made of, with so many messages. */
function read(messages: number, at: number): string {
  const mailbox = kit.random.pick(people)
  const folder = { folder: records.INBOX, messages: Array.from({ length: messages }, () => newMessage(kit)) }
  return JSON.stringify(
    records.bind(kit, { at, mailbox, ip: '203.0.113.14', client: records.OWA, folders: [folder] }),
  )
}

function* ordinary(bytes: number): Generator<string> {
  const begun = Date.now() - 3_600_000
  let sent = 0
  for (let n = 0; sent < bytes; n++) {
    const piece = `${n === 0 ? '[' : ','}${read(5, begun + n * 20)}`
    sent += piece.length
    yield piece
  }
  yield ']'
}

function* oneHuge(bytes: number): Generator<string> {
  const small = read(1, Date.now() - 3_600_000)
  const perMessage = (read(101, 0).length - small.length) / 100
  const messages = Math.ceil((bytes / perMessage) * 1.05)
  yield `[${small},${read(messages, Date.now() - 3_500_000)},${small}]`
}

/** Runs the pipeline in a process of its own, on a body that is made up while it is sent. */
async function ingested(body: () => Iterable<string>) {
  let bytes = 0
  const server = createServer((_, response) => {
    bytes = 0
    const counted = function* () {
      for (const piece of body()) {
        bytes += piece.length
        yield piece
      }
    }
    response.writeHead(200, { 'Content-Type': 'application/json' })
    Readable.from(counted()).pipe(response)
  })
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const child = spawn(
    process.execPath,
    [
      `--max-old-space-size=${HEAP_MIB}`,
      join(import.meta.dirname, 'large-blob.child.ts'),
      `http://127.0.0.1:${port}`,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let [out, errors] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  const code = await new Promise(ended => child.once('close', ended))
  expect({ code, errors }).toEqual({ code: 0, errors: '' })
  return { ...JSON.parse(out), mib: bytes / MIB }
}

test('a blob of 100 MB is evaluated in a process of 512 MB', { timeout: 300_000 }, async () => {
  const { peakMiB, state, counts, mib } = await ingested(() => ordinary(100 * MIB))
  expect(mib).toBeGreaterThanOrEqual(100)
  expect(state).toBe('done')
  expect(counts).toMatchObject({ duplicates: 0, rejected: {} })
  expect(counts.evaluated).toBeGreaterThan(20_000)
  expect(peakMiB).toBeLessThan(MEMORY_MIB)
})

test('a record of 20 MB is evaluated in a process of 512 MB', { timeout: 300_000 }, async () => {
  const { peakMiB, state, counts, mib } = await ingested(() => oneHuge(20 * MIB))
  expect(mib).toBeGreaterThanOrEqual(20)
  expect(state).toBe('done')
  expect(counts).toEqual({ parsed: 3, evaluated: 2, duplicates: 1, rejected: {} })
  expect(peakMiB).toBeLessThan(MEMORY_MIB)
})

test('a blob beyond the cap is set aside, and the reason says so', { timeout: 300_000 }, async () => {
  const { peakMiB, state, reason } = await ingested(() => ordinary(130 * MIB))
  expect({ state, reason }).toEqual({ state: 'quarantined', reason: 'too-large' })
  expect(peakMiB).toBeLessThan(MEMORY_MIB)
})
