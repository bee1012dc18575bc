import { setTimeout } from 'node:timers/promises'
import type { App } from '../../core/app.ts'
import type { Log } from '../../core/log.ts'
import { type IngestMessage, readMessage } from '../../core/pipeline/messages.ts'

/** Tries before a message is set aside, as in host.json. */
const TRIES = 5
/** While a message is worked on nobody else sees it, for so many seconds. */
const HIDDEN = 600
/** Seconds until the next try: a cut-off answer is worth fetching again at once, a broken one is not. */
const WAITS = [1, 2, 120, 120]
/** A message that waits no longer is part of the round. */
const SOON = 2
/** The queue's clock is not ours. */
const MARGIN_MS = 200

export interface Drained {
  readonly messages: number
  /** Blobs and messages put off for minutes, because they could not be read just now. */
  readonly unread: number
  /** Ids of the findings that stand for what was read. */
  readonly findings: ReadonlySet<string>
}

/** What the Functions host does for the queue trigger, on this machine: works the queue until nothing is due. */
export async function drain(app: Work, signal: AbortSignal, log: Log): Promise<Drained> {
  const findings = new Set<string>()
  let messages = 0
  let unread = 0
  let comesAt = 0
  while (!signal.aborted) {
    // One at a time: others would wait hidden behind one that takes minutes.
    const [message] = await app.queue.receive(1, HIDDEN)
    if (message === undefined) {
      const wait = comesAt - performance.now()
      if (wait <= 0) break
      await setTimeout(wait, undefined, { signal }).catch(() => {})
      continue
    }
    messages++
    try {
      const report = await app.ingest(readMessage(message.body), signal)
      unread += report.deferred
      for (const id of report.findings) findings.add(id)
      await message.done()
    } catch (error) {
      const wait = await failed(app, message, error, log)
      if (wait > SOON) unread++
      else if (wait > 0) comesAt = Math.max(comesAt, performance.now() + wait * 1_000 + MARGIN_MS)
    }
  }
  return { messages, unread, findings }
}

type Work = Pick<App, 'queue' | 'ingest' | 'quarantine'>
type Taken = Awaited<ReturnType<App['queue']['receive']>>[number]

/** Seconds until the message comes again; 0 if it does not. */
async function failed(app: Work, message: Taken, error: unknown, log: Log): Promise<number> {
  const reason = error instanceof Error ? error.message : String(error)
  if (message.attempt < TRIES) {
    const wait = WAITS[message.attempt - 1] ?? 120
    log.warn(
      `A message could not be worked off (try ${message.attempt} of ${TRIES}); next try in ${wait} s. ${reason}`,
    )
    await message.release(wait)
    return wait
  }
  log.error(`A message is set aside after ${TRIES} tries. ${reason}`)
  const named = messageIn(message.body)
  if (named !== undefined) await app.quarantine(named)
  await message.done()
  return 0
}

/** `undefined` for what no poller sent: it names no records, and nobody waits for it. */
function messageIn(body: unknown): IngestMessage | undefined {
  try {
    return readMessage(body)
  } catch {
    return undefined
  }
}
