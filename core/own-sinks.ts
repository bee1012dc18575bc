import type { Log } from './log.ts'
import type { Settings } from './settings.ts'
import type { Sink } from './sinks/sink.ts'
import { makeTeamsSink } from './sinks/teams/sink.ts'
import { makeWebhookSink } from './sinks/webhook/sink.ts'

interface SinkPlatform {
  now(): number
  readonly log: Log
}

/** All receivers there can be: what was posted to one stays on record after it is no longer set. */
export const SINK_IDS = ['teams', 'webhook'] as const

/** The receivers that the settings name. */
export function makeSinks(
  settings: Settings,
  ownDomains: readonly string[],
  { now, log }: SinkPlatform,
): Sink[] {
  const clock = () => Math.floor(now() / 1000)
  const { TEAMS_WEBHOOK_URL, WEBHOOK_URL, WEBHOOK_SECRET } = settings
  return [
    ...(TEAMS_WEBHOOK_URL === undefined
      ? []
      : [makeTeamsSink({ url: TEAMS_WEBHOOK_URL, now: clock, ownDomains, log })]),
    ...(WEBHOOK_URL === undefined
      ? []
      : [makeWebhookSink({ url: WEBHOOK_URL, secret: WEBHOOK_SECRET, now: clock })]),
  ]
}
