import type { App } from '../../core/app.ts'
import type { Log } from '../../core/log.ts'
import { readMessage } from '../../core/pipeline/messages.ts'

/** Tries before a message is set aside, as in host.json. */
const TRIES = 5
/** While a message is worked on nobody else sees it, for so many seconds. */
const HIDDEN = 600
/** Seconds until the next try: a cut-off answer is worth fetching again at once, a broken one is not. */
const WAITS = [1, 2, 120, 120]

export interface Drained {
  readonly messages: number
  /** Ids of the findings that stand for what was read. */
  readonly findings: ReadonlySet<string>
}

/** What the Functions host does for the queue trigger, on this machine: works the queue until nothing is due. */
export async function drain(app: App, signal: AbortSignal, log: Log): Promise<Drained> {
  const findings = new Set<string>()
  let messages = 0
  let patience = 2
  while (!signal.aborted) {
    const taken = await app.queue.receive(4, HIDDEN)
    if (taken.length === 0) {
      // Messages released for a second or two are still part of this round; those put off for longer are not.
      if (patience === 0 || messages === 0 || (await app.queue.size()) === 0) break
      patience--
      await new Promise(resolve => setTimeout(resolve, 1_200))
      continue
    }
    for (const message of taken) {
      messages++
      try {
        const report = await app.ingest(readMessage(message.body), signal)
        for (const id of report.findings) findings.add(id)
        await message.done()
      } catch (error) {
        await failed(app, message, error, log)
      }
    }
  }
  return { messages, findings }
}

type Taken = Awaited<ReturnType<App['queue']['receive']>>[number]

async function failed(app: App, message: Taken, error: unknown, log: Log): Promise<void> {
  const reason = error instanceof Error ? error.message : String(error)
  if (message.attempt < TRIES) {
    const wait = WAITS[message.attempt - 1] ?? 120
    log.warn(
      `A message could not be worked off (try ${message.attempt} of ${TRIES}); next try in ${wait} s. ${reason}`,
    )
    await message.release(wait)
    return
  }
  log.error(`A message is set aside after ${TRIES} tries. ${reason}`)
  await app.quarantine(readMessage(message.body))
  await message.done()
}
