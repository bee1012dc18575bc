/**
 * Loaded into Azurite's process before Azurite: ends it when its parent is gone, and keeps a second one out of its
 * folder, because each would write all it holds over the files of the other.
 */
import { createHash } from 'node:crypto'
import { unlink } from 'node:fs/promises'
import { connect, createServer } from 'node:net'

const STOP_MS = 5_000
/** An orphan of a killed run needs less to write its data and go. */
const TURN_MS = 2 * STOP_MS

/** A socket in the working directory, by its short name: the length of socket paths is limited to about 100 bytes. */
const LOCK =
  process.platform === 'win32'
    ? `\\\\.\\pipe\\waxseal-${createHash('sha256').update(process.cwd()).digest('hex').slice(0, 32)}`
    : 'lock'

// The parent holds the other end of stdin and never writes: when it ends, the parent closed it or died (also by
// SIGKILL), and Azurite shuts down as on SIGTERM. `emit` and not `kill`, because on Windows `kill` ends a process
// without its handlers, and the last seconds of data with it.
process.stdin
  .on('end', () => {
    process.emit('SIGTERM')
    setTimeout(() => process.exit(0), STOP_MS).unref()
  })
  .resume()
  .unref()

// What it says in closing finds no reader then, and must not end it before it has written its data.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

if (process.argv.includes('--location')) await takeTurn()

async function takeTurn(): Promise<void> {
  const late = setTimeout(() => {
    process.stderr.write(
      `Another run is using ${process.cwd()}; wait for it, or name another folder with --data.`,
    )
    process.exit(1)
  }, TURN_MS)
  // Any other refusal means that this file system has no sockets; then it has to do without.
  while ((await hold()) === 'EADDRINUSE')
    if ((await released()) === 'ECONNREFUSED') await unlink(LOCK).catch(() => {})
  clearTimeout(late)
}

/** Listens until the process ends; the code of what is in the way otherwise. */
function hold(): Promise<string | undefined> {
  return new Promise(resolve => {
    createServer(waiting => waiting.on('error', () => {}).unref())
      .once('error', ({ code }: NodeJS.ErrnoException) => resolve(code))
      .listen(LOCK, () => resolve(undefined))
      .unref()
  })
}

/** Until the holder is gone. ECONNREFUSED: it is, without having taken its socket along. */
function released(): Promise<string | undefined> {
  return new Promise(resolve => {
    connect(LOCK)
      .once('error', ({ code }: NodeJS.ErrnoException) => resolve(code))
      .once('close', () => resolve(undefined))
      .resume()
  })
}
