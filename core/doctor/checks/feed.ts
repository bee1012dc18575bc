import type { ContentType } from '../../model/content-blob.ts'
import { FeedError } from '../../model/errors.ts'
import { HOUR, MINUTE, type Seconds } from '../../model/time.ts'
import { duration, moment, SUBSCRIPTION_DELAY } from '../duration.ts'
import type { Diagnosis } from '../message.ts'
import { diagnosis, type MessageId } from '../messages/index.ts'
import type { Backlog, Observation } from '../observation.ts'
import { words } from '../words.ts'
import { checkCloud, consentLink } from './access.ts'

export function checkFeed(seen: Observation): Diagnosis[] {
  const { host, subscriptions, tenant, token } = seen
  if (subscriptions === undefined) return []
  if (!('error' in subscriptions))
    return [diagnosis('feed-works', `${subscriptions.ok.length} subscriptions`)]
  const { error } = subscriptions
  if (!(error instanceof FeedError)) throw error
  const roles = token !== undefined && 'ok' in token ? token.ok.roles : undefined
  const saw = roles === undefined ? words(error) : `${rolesText(roles)}; ${words(error)}`
  switch (error.code) {
    case 'consent-missing':
      return [diagnosis('consent-missing', saw, { grants: grants(seen) })]
    case 'audit-off':
      return auditOff(seen, words(error))
    case 'wrong-tenant':
      return [diagnosis('tenant-refused', words(error), { tenant })]
    case 'unauthorized':
      return [diagnosis('token-refused', words(error))]
    // It answers, and has a check of its own.
    case 'throttled':
      return []
    case 'unavailable':
      return [diagnosis('feed-down', words(error), { host })]
    default:
      return [diagnosis('feed-refused', words(error))]
  }
}

const rolesText = (roles: readonly string[]) =>
  roles.length === 0 ? 'a sign-in without any permission' : `a sign-in with ${roles.join(', ')}`

/** A wrong cloud says the same. Where that is what it is, its own check tells. */
function auditOff(seen: Observation, saw: string): Diagnosis[] {
  const cloud = checkCloud(seen)
  if (cloud.some(({ state }) => state === 'red')) return []
  const right = cloud.some(({ state }) => state === 'green')
  return [diagnosis(right ? 'audit-off' : 'audit-off-or-cloud', saw)]
}

/** An identity has no page to accept on. */
function grants(seen: Observation): string {
  const { clientId, identity, token } = seen
  const principal = token !== undefined && 'ok' in token ? token.ok.principal : undefined
  const command = `runs: waxseal grant --principal-id ${principal ?? clientId ?? '<id>'} --yes`
  return identity || clientId === undefined
    ? command
    : `opens ${consentLink(seen)} and presses Accept, or ${command}`
}

export function checkSubscriptions(seen: Observation): Diagnosis[] {
  const { contentTypes, subscriptions } = seen
  if (subscriptions === undefined || 'error' in subscriptions) return []
  return contentTypes.map(content => {
    const row = subscriptions.ok.find(one => one.contentType.toLowerCase() === content.toLowerCase())
    return subscription(seen, content, row === undefined ? 'absent' : (row.status ?? 'enabled'))
  })
}

/** After a start, another one is refused for this long; the end of it is what is remembered of the start. */
const COOL_DOWN: Seconds = 15 * MINUTE

function subscription(seen: Observation, content: ContentType, status: string): Diagnosis {
  const { notBefore, now, reports, started } = seen
  const tell = (id: MessageId, values: Record<string, string> = {}) =>
    diagnosis(id, `Microsoft lists it as ${status}`, { content, ...values })
  const fixed = started.get(content)
  if (fixed !== undefined && 'error' in fixed) return diagnosis('feed-refused', words(fixed.error))
  const cooling = notBefore.get(content) ?? 0
  const since = fixed?.ok.state === 'started' ? now : cooling - COOL_DOWN
  const arrived = reports.some(({ feed, newestBlob }) => feed === content && newestBlob !== undefined)
  const fresh = cooling > 0 && now - since < SUBSCRIPTION_DELAY && !arrived
  if (fixed?.ok.state === 'started' || (status === 'enabled' && fresh))
    return tell('subscription-started', {
      time: moment(since, now),
      until: moment(since + SUBSCRIPTION_DELAY, now),
    })
  if (status === 'enabled') return tell('subscription-runs')
  if (status === 'disabled') return tell('subscription-disabled')
  if (cooling > now) return tell('subscription-cooling', { until: moment(cooling, now) })
  return tell('subscription-absent')
}

/** A feed that has not been listed for so long needs somebody. */
const LATE = HOUR

export function checkPolling({ contentTypes, now, reports, storage }: Observation): Diagnosis[] {
  if (storage !== undefined && 'error' in storage) return []
  const own = reports.filter(({ feed }) => contentTypes.some(content => content === feed))
  if (own.length === 0) return [diagnosis('poll-never', 'no report of any feed')]
  const late = own.filter(({ listedOk }) => listedOk === undefined || now - listedOk >= LATE)
  const last = Math.min(...own.flatMap(({ listedOk }) => listedOk ?? []))
  const saw = Number.isFinite(last) ? `last complete listing at ${moment(last, now)}` : 'no complete listing'
  if (late.length === 0) return [diagnosis('poll-runs', saw)]
  const never = late.some(({ listedOk }) => listedOk === undefined)
  const since = never ? 'so far' : `for ${duration(now - last)}`
  return [diagnosis('poll-stopped', saw, { feeds: late.map(({ feed }) => feed).join(', '), since })]
}

export function checkPace(seen: Observation): Diagnosis[] {
  const { backlog, now, reports, subscriptions } = seen
  const refused = subscriptions !== undefined && 'error' in subscriptions ? [subscriptions.error] : []
  const own = refused.find(error => error instanceof FeedError && error.code === 'throttled')
  const before = reports.find(({ problem }) => problem?.kind === 'throttled')
  const values = { 'catching up': catchingUp(backlog, now) }
  const state =
    backlog === undefined ? '' : `; ${backlog.waiting} packages of records wait${behind(backlog, now)}`
  if (own !== undefined) return [diagnosis('throttled', `${words(own)}${state}`, values)]
  if (before?.problem !== undefined)
    return [diagnosis('throttled', `at ${moment(before.at, now)}: ${before.problem.message}${state}`, values)]
  if (backlog === undefined) return []
  const waits = backlog.oldest === undefined ? 0 : now - backlog.oldest
  if (backlog.waiting === 0 || waits < LATE)
    return [diagnosis('pace-good', `${backlog.waiting} packages of records wait`)]
  const saw = `${backlog.doneLastHour} were read in the last hour`
  return [diagnosis('pace-behind', saw, { blobs: backlog.waiting, time: duration(waits), ...values })]
}

function behind({ oldest }: Backlog, now: Seconds): string {
  return oldest === undefined ? '' : `, the oldest for ${duration(now - oldest)}`
}

/** At the pace of the last hour. */
function catchingUp(backlog: Backlog | undefined, now: Seconds): string {
  if (backlog === undefined || backlog.waiting === 0) return 'It passes by itself.'
  if (backlog.doneLastHour === 0) return 'Not known: nothing was read in the last hour.'
  const at = now + (backlog.waiting / backlog.doneLastHour) * HOUR
  return `At the pace of the last hour, caught up by about ${moment(at, now)}.`
}
