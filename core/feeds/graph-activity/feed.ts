import type { Log } from '../../log.ts'
import type { Slice } from '../../model/checkpoint.ts'
import type { ContentBlob } from '../../model/content-blob.ts'
import { FeedError } from '../../model/errors.ts'
import { dayOf, HOUR } from '../../model/time.ts'
import type { Feed } from '../feed.ts'
import { stored } from '../graph/capability.ts'
import { activityBody, isOurs } from './body.ts'
import type { ActivityContainer } from './container.ts'
import { dayFolder, type HourBlob, hourOf, isFolderOf, touches } from './hours.ts'
import { entriesOf } from './lines.ts'
import { blobsOf, type Cut, cutsOf, rangeOf } from './ranges.ts'

/** path → where the hour was cut */
export type DayCuts = Readonly<Record<string, readonly Cut[]>>

/**
 * Remembers where the hours of a UTC day were cut, so that every listing names the same blobs. Two listings at once may
 * cut differently; what both read is then united by the records' ids.
 */
export interface CutMemory {
  recall(day: number): Promise<DayCuts>
  remember(day: number, cuts: DayCuts): Promise<void>
}

export interface ActivityFeedDeps {
  readonly container: ActivityContainer
  readonly memory: CutMemory
  readonly tenantId: string
  /** Our own application's id: what it asks Graph for is left out. */
  readonly ownAppId?: string | undefined
  /** Epoch ms. */
  readonly now: () => number
  readonly log: Log
}

export const GRAPH_ACTIVITY = 'graph-activity'

/** Looked back from the beginning of a range for the beginning of its first line; entries have a few kilobytes. */
const STEP = 64 * 1024
const LONGEST_LINE = 1024 * 1024

/**
 * The log of requests to Microsoft Graph, as Entra's diagnostic setting writes it to blobs: one an hour, appended to.
 * A slice stands for the hours it touches; whatever they have grown since the last listing becomes new content blobs. So hours
 * that grow after they are over are noticed as long as they are listed again: for hours by every poll, for a week
 * by the sweep.
 */
export function makeActivityFeed(deps: ActivityFeedDeps): Feed {
  const { container, memory, tenantId, ownAppId, now, log } = deps

  /** The tenant's folders. Other tenants' logs and other forms of the path would look like a log with nothing in it. */
  async function ownFolders(signal: AbortSignal): Promise<readonly string[]> {
    const found = await container.folders(signal)
    const own = found.filter(folder => isFolderOf(folder, tenantId))
    if (own.length > 0 || found.length === 0) return own
    const names = found.slice(0, 3).map(folder => folder.slice(0, 80))
    throw new FeedError(
      'rejected',
      `The activity log ${container.address} has no folder tenantId=${tenantId}/, only ${names.join(', ')}: GRAPH_ACTIVITY_URL names the log of another tenant, or another log.`,
    )
  }

  async function hoursOf(folders: readonly string[], day: number, slice: Slice, signal: AbortSignal) {
    const listed: HourBlob[] = []
    for (const folder of folders) listed.push(...(await container.blobs(dayFolder(folder, day), signal)))
    return listed.filter(({ path }) => {
      const hour = hourOf(path, tenantId)
      return hour !== undefined && touches(hour, slice)
    })
  }

  /** From the beginning of the line that byte `to` is in. */
  async function lineBefore(path: string, to: number, signal: AbortSignal): Promise<Buffer> {
    let line: Buffer = Buffer.alloc(0)
    for (let end = to; end > 0 && line.length < LONGEST_LINE; end = Math.max(0, end - STEP)) {
      const part = await container.read(path, Math.max(0, end - STEP), end, signal)
      const newline = part.lastIndexOf(10)
      line = Buffer.concat([part.subarray(newline + 1), line])
      if (newline >= 0) break
    }
    return line
  }

  return {
    id: GRAPH_ACTIVITY,

    async subscribe() {
      return { state: 'enabled' }
    },

    async *list(slice: Slice, signal: AbortSignal) {
      const folders = await ownFolders(signal)
      let readable = false
      for (let day = dayOf(slice.from - HOUR); folders.length > 0 && day <= dayOf(slice.to); day++) {
        const hours = await hoursOf(folders, day, slice, signal)
        if (hours.length === 0) continue
        const before = await stored(memory.recall(day))
        const cuts: Record<string, readonly Cut[]> = {}
        for (const { path, size } of hours)
          cuts[path] = cutsOf(before[path] ?? [], size, Math.floor(now() / 1000))
        const grown = hours.find(({ path }) => cuts[path] !== before[path] && cuts[path]?.length !== 0)
        if (grown !== undefined) {
          // Listing can be allowed where reading is not.
          if (!readable) await container.read(grown.path, 0, 1, signal)
          readable = true
          await stored(memory.remember(day, { ...before, ...cuts }))
        }
        yield Object.entries(cuts).flatMap(([path, own]) => blobsOf(GRAPH_ACTIVITY, path, own))
      }
    },

    async fetch(blob: ContentBlob, signal: AbortSignal) {
      const { path, from, to } = rangeOf(blob)
      if (hourOf(path, tenantId) === undefined)
        throw new FeedError('rejected', `The blob ${blob.id.slice(0, 200)} is none of this tenant’s log.`)
      const bytes = await container.read(path, Math.max(0, from - 1), to, signal)
      const begins = from === 0 || bytes[0] === 10
      const before = begins ? Buffer.alloc(0) : await lineBefore(path, from, signal)
      const bodies = entriesOf(before, bytes.subarray(from === 0 ? 0 : 1)).map(activityBody)
      const kept = bodies.filter(body => body === undefined || !isOurs(body, ownAppId))
      const left = bodies.length - kept.length
      if (left > 0) log.debug(`${left} of ${bodies.length} requests in the activity log are our own.`)
      // What is no request is counted as rejected, and nothing of it goes further.
      return `[${kept.map(body => JSON.stringify(body ?? null)).join(',\n')}]`
    },
  }
}
