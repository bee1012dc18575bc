import { silent } from '../../log.ts'
import type { ContentBlob } from '../../model/content-blob.ts'
import { DAY, type Seconds } from '../../model/time.ts'
import type { ActivityContainer } from './container.ts'
import { type CutMemory, type DayCuts, makeActivityFeed } from './feed.ts'

export const TENANT = '41463f53-8812-40f4-890f-865bf6e35190'
export const OWN_APP = '5a1e0c52-6f0d-4f39-9a0c-0d3c1f7f7a01'
/** Noon of 20 November 2026. */
export const NOON: Seconds = Date.UTC(2026, 10, 20, 12) / 1000
export const ongoing = () => new AbortController().signal

/** The path of the hour that begins at noon, or of another. */
export const hourPath = (hour = '12', folder = `tenantId=${TENANT}/`) =>
  `${folder}y=2026/m=11/d=20/h=${hour}/m=00/PT1H.json`

/** A container in memory, to which a test appends. */
export function makeContainer() {
  const blobs = new Map<string, Buffer>()
  const reads: number[] = []
  const container: ActivityContainer = {
    address: 'https://logs.example/activity',
    folders: async () => [...new Set([...blobs.keys()].map(path => path.replace(/\/.*/s, '/')))],
    blobs: async folder =>
      [...blobs]
        .filter(([path]) => path.startsWith(folder))
        .map(([path, { length }]) => ({ path, size: length })),
    async read(path, from, to) {
      const part = blobs.get(path)?.subarray(from, to)
      if (part?.length !== to - from) throw new Error(`Nobody wrote ${from} to ${to} of ${path}`)
      reads.push(part.length)
      return Buffer.from(part)
    },
  }
  return {
    container,
    reads,
    append(bytes: string | Uint8Array, path = hourPath()) {
      blobs.set(path, Buffer.concat([blobs.get(path) ?? Buffer.alloc(0), Buffer.from(bytes)]))
    },
  }
}

export function makeMemory(): CutMemory {
  const days = new Map<number, string>()
  return {
    recall: async day => JSON.parse(days.get(day) ?? '{}') as DayCuts,
    remember: async (day, cuts) => void days.set(day, JSON.stringify(cuts)),
  }
}

/** The feed of a new process. */
export function makeFeed(container: ActivityContainer, memory = makeMemory()) {
  const feed = makeActivityFeed({
    container,
    memory,
    tenantId: TENANT,
    ownAppId: OWN_APP,
    now: () => (NOON + 2 * 3600) * 1000,
    log: silent,
  })
  return {
    ...feed,
    async listed(from = NOON - DAY / 2, to = NOON + DAY / 4): Promise<ContentBlob[]> {
      const found: ContentBlob[] = []
      for await (const page of feed.list({ from, to }, ongoing())) found.push(...page)
      return found
    },
    /** What a blob holds, by the request's id; `undefined` for what is no request. */
    async idsIn(blob: ContentBlob): Promise<(string | undefined)[]> {
      const bodies = JSON.parse(await feed.fetch(blob, ongoing())) as ({ Id: string } | null)[]
      return bodies.map(body => body?.Id)
    },
  }
}

/** An entry as short as can be. */
export const line = (id: string | number, more: Readonly<Record<string, unknown>> = {}) =>
  JSON.stringify({
    time: '2026-11-20T12:02:11.1234567Z',
    properties: {
      requestId: String(id),
      requestMethod: 'GET',
      requestUri: 'https://graph.example/v1.0/me',
      ...more,
    },
  })
