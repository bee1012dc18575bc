import { ConfigError } from '../../core/model/errors.ts'
import { iso } from '../../core/model/time.ts'
import type { Quarantined } from '../../core/pipeline/quarantine.ts'
import { plain } from '../../core/sinks/text.ts'
import { jsonLine } from '../json-line.ts'
import { withApp } from '../kept.ts'

export interface QuarantineOptions {
  readonly json?: boolean
  readonly data?: string
  readonly reason?: string
}

/** Longest reason that is kept. */
const REASON = 200

/** What could not be read, and what an operator makes of it. Returns the exit code. */
export async function listQuarantine(options: QuarantineOptions): Promise<number> {
  const all = await withApp(options, app => app.quarantined())
  for (const one of all) process.stdout.write(options.json ? line(one) : text(one))
  if (all.length === 0 && !options.json) process.stdout.write('Nothing is set aside.\n')
  return all.some(({ entry }) => entry.dropped === undefined) ? 1 : 0
}

export async function releaseBlob(id: string, options: QuarantineOptions): Promise<number> {
  await withApp(options, app => app.release(id))
  process.stdout.write(`Blob ${plain(id)} goes onto the queue again and is read with the next run.\n`)
  return 0
}

export async function dropBlob(id: string, options: QuarantineOptions): Promise<number> {
  const reason = options.reason?.trim() ?? ''
  if (reason === '' || reason.length > REASON)
    throw new ConfigError([`drop needs --reason with at most ${REASON} characters: it stays on record.`])
  await withApp(options, app => app.drop(id, reason))
  process.stdout.write(`Blob ${plain(id)} is given up: its records will not be evaluated.\n`)
  return 0
}

function line({ id, entry }: Quarantined): string {
  const { blob, dropped, endedAt, reason, resendAt, retries = 0 } = entry
  return `${jsonLine({
    type: 'quarantined',
    id,
    feed: blob.feed,
    blob: blob.id,
    created: blob.created,
    expires: blob.expires,
    since: endedAt === undefined ? undefined : iso(endedAt),
    reason,
    retries,
    ...(dropped === undefined
      ? { nextTry: iso(resendAt) }
      : { dropped: { reason: dropped.reason, at: iso(dropped.at) } }),
  })}\n`
}

function text({ id, entry }: Quarantined): string {
  const { blob, dropped, reason, resendAt, retries = 0 } = entry
  const next =
    dropped === undefined
      ? `tried again ${retries} times, next try after ${iso(resendAt)}, kept by Microsoft until ${blob.expires ?? 'an unknown time'}`
      : `given up on ${iso(dropped.at)}: ${plain(dropped.reason, REASON)}`
  return `${id}  ${plain(blob.feed)}, available since ${plain(blob.created)}: ${plain(reason ?? 'unreadable')}\n            ${plain(next, 400)}\n`
}
