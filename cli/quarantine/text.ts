import { iso } from '../../core/model/time.ts'
import type { Quarantined } from '../../core/pipeline/quarantine.ts'
import { plain } from '../../core/sinks/text.ts'
import { jsonLine } from '../json-line.ts'

/** Longest reason that is kept. */
export const REASON = 200

/** One JSON object a blob. Times are ISO 8601, UTC. */
export function quarantinedLine({ id, entry }: Quarantined): string {
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

export function quarantinedText({ id, entry }: Quarantined): string {
  const { blob, dropped, reason, resendAt, retries = 0 } = entry
  const next =
    dropped === undefined
      ? `tried again ${retries} times, next try after ${iso(resendAt)}, kept by Microsoft until ${blob.expires ?? 'an unknown time'}`
      : `given up on ${iso(dropped.at)}: ${plain(dropped.reason, REASON)}`
  return `${id}  ${plain(blob.feed)}, available since ${plain(blob.created)}: ${plain(reason ?? 'unreadable')}\n            ${plain(next, 400)}\n`
}
