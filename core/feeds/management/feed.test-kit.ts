import type { Log } from '../../log.ts'
import type { ContentBlob } from '../../model/content-blob.ts'
import { fakeClock, ongoing, type Script, type Scripted, START, serve } from '../../net/loopback.test-kit.ts'
import { makeSender } from '../../net/send.ts'
import type { Feed } from '../feed.ts'
import { type ManagementFeedDeps, makeManagementFeed } from './feed.ts'

export const TENANT = '41463f53-8812-40f4-890f-865bf6e35190'
export const PUBLISHER = 'aaaabbbb-0000-cccc-1111-dddd2222eeee'
const SLICE = { from: START / 1000 - 86_400, to: START / 1000 }

export async function makeTools(script: Script, more: Partial<ManagementFeedDeps> = {}) {
  const server = await serve(script)
  const clock = fakeClock()
  const issued: string[] = []
  const lines: string[] = []
  const note = (message: string) => void lines.push(message)
  const log: Log = { debug: note, info: note, warn: note, error: note }
  let kept: { notBefore: number } | undefined
  const feed = makeManagementFeed({
    origin: server.origin,
    tenantId: TENANT,
    publisher: PUBLISHER,
    contentType: 'Audit.Exchange',
    http: makeSender({ now: clock.now, sleep: clock.sleep, random: () => 0.5, log }),
    tokens: {
      async token() {
        if (issued.length === 0) issued.push('token-1')
        return issued.at(-1) ?? ''
      },
      forget: () => void issued.push(`token-${issued.length + 1}`),
    },
    state: {
      change: async next => {
        const value = next(kept)
        kept = value ?? kept
        return value !== undefined
      },
    },
    now: clock.now,
    log,
    ...more,
  })
  return { ...server, ...clock, feed, lines, issued }
}

export const entry = (origin: string, n: number) => ({
  contentType: 'Audit.Exchange',
  contentId: `id$${n}`,
  contentUri: `${origin}/api/v1.0/${TENANT}/activity/feed/audit/id$${n}`,
  contentCreated: '2026-11-20T08:00:00.000Z',
  contentExpiration: '2026-11-27T08:00:00.000Z',
})

export const json = (body: unknown, headers: Record<string, string> = {}): Scripted => ({
  body: JSON.stringify(body),
  headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
})

export const refusal = (
  status: number,
  code: string,
  message = 'As documented.',
  headers = {},
): Scripted => ({
  ...json({ error: { code, message } }, headers),
  status,
})

export const blobAt = (uri: string, expires = '2026-11-27T08:00:00.000Z'): ContentBlob => ({
  feed: 'Audit.Exchange',
  id: 'id$1',
  uri,
  created: '2026-11-20T08:00:00.000Z',
  expires,
})

export async function listAll(feed: Feed, signal = ongoing()): Promise<string[]> {
  const ids: string[] = []
  for await (const page of feed.list(SLICE, signal)) ids.push(...page.map(blob => blob.id))
  return ids
}
