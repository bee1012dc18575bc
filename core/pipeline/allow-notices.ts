import type { Detection } from '../model/detection.ts'
import { DAY, type Seconds } from '../model/time.ts'
import type { State } from '../stores/state.ts'
import { type AllowEntry, times } from '../tuning/allow-schema.ts'
import { secondsOf } from './clock.ts'
import { type Notice, type NoticeDeps, tellOperator } from './notices.ts'

export interface AnnounceDeps extends NoticeDeps {
  readonly state: State
  /** Entries of the settings file. */
  readonly allow?: readonly AllowEntry[]
  /** For the titles of detections that entries name. */
  readonly catalogue?: readonly Detection[]
}

/** `started`, three days before its end `ending`, then `ended`; `removed` where it went before its end. */
type Phase = 'started' | 'ending' | 'ended' | 'removed'

interface Announced {
  readonly entry: AllowEntry
  readonly phases: readonly Phase[]
}

const ANNOUNCED = 'allow.announced'
const BEFORE_END = 3 * DAY

/**
 * Tells of every allow entry when it starts to hold, three days before its end, and when it ended or was taken out: each
 * once. Whoever holds the administrator's account could silence us; he shall not do it silently. What was told is
 * noted after it was, so a death in between tells it again, under the same id on the same day.
 */
export async function announceAllowed(deps: AnnounceDeps): Promise<void> {
  // Where there is nobody to tell, nothing counts as told.
  if (deps.sinks.length === 0) return
  const known = (await deps.state.read<Readonly<Record<string, Announced>>>(ANNOUNCED)) ?? {}
  const next: Record<string, Announced> = {}
  let changed = false
  const tell = async (entry: AllowEntry, phase: Phase) => {
    await tellOperator(deps, noticeOf(entry, phase, deps.catalogue ?? []))
    changed = true
  }

  const entries = new Map(deps.allow?.map(entry => [entry.id, entry]))
  for (const entry of entries.values()) {
    const phases = known[entry.id]?.phases ?? []
    const due = dueOf(entry, phases, secondsOf(deps))
    if (due[0] !== undefined) await tell(entry, due[0])
    if (phases.length + due.length > 0) next[entry.id] = { entry, phases: [...phases, ...due] }
  }
  for (const { entry, phases } of Object.values(known)) {
    if (next[entry.id] !== undefined) continue
    changed = true
    if (!phases.includes('ended')) await tell(entry, 'removed')
  }
  if (changed) await deps.state.write(ANNOUNCED, next)
}

/** What is to be told now, the first of it in words; the rest is said by it as well. */
function dueOf(entry: AllowEntry, phases: readonly Phase[], now: Seconds): Phase[] {
  const { from, end } = times(entry)
  const isEnding = now >= end - BEFORE_END
  // An entry that ended before anybody heard of it silenced nobody.
  if (now >= end) return phases.length === 0 || phases.includes('ended') ? [] : ['ended']
  if (now < from) return []
  if (!phases.includes('started')) return isEnding ? ['started', 'ending'] : ['started']
  return isEnding && !phases.includes('ending') ? ['ending'] : []
}

const WORDS: Readonly<Record<Phase, (day: string) => readonly [headline: string, says: string]>> = {
  started: day => ['Findings are allowed from now on', `are kept and not posted, until ${day}`],
  ending: day => ['An allow entry is about to end', `are kept and not posted, until ${day} and no longer`],
  ended: day => ['An allow entry has ended', `were allowed until ${day} and are posted again`],
  removed: day => ['An allow entry was taken out', `were to be allowed until ${day}, and are posted again`],
}

function noticeOf(entry: AllowEntry, phase: Phase, catalogue: readonly Detection[]): Notice {
  const [headline, says] = WORDS[phase](entry.until)
  return {
    about: `allow ${entry.id} ${phase}`,
    severity: phase === 'started' ? 'medium' : 'low',
    headline,
    sentence: `${subjectOf(entry, catalogue)} ${says}. Reason: ${entry.reason}. Owner: ${entry.owner}.`,
    steps: STEPS[phase],
    notKnown: 'Whether the owner of the entry knows of it: ask.',
  }
}

const ASK =
  'If the owner does not know of it, find out who changed waxseal.config.json, and take the entry out.'
const STEPS: Readonly<Record<Phase, readonly string[]>> = {
  started: [ASK, 'A finding is posted all the same when it goes beyond what the first day showed.'],
  ending: [
    'If it is still right, write a later day into waxseal.config.json: at most 90 days from today.',
    ASK,
  ],
  ended: ['Take the entry out of waxseal.config.json, or renew it.'],
  removed: ['If nobody meant to, put it back into waxseal.config.json.'],
}

function subjectOf({ detection, actor, app, mailbox, network }: AllowEntry, catalogue: readonly Detection[]) {
  const title = catalogue.find(({ id }) => id === detection)?.title
  return [
    detection === undefined
      ? 'Findings of any kind'
      : `Findings of ${detection}${title === undefined ? '' : ` (${title})`}`,
    ...(actor === undefined ? [] : [`by ${actor}`]),
    ...(app === undefined ? [] : [`with application ${app}`]),
    ...(mailbox === undefined ? [] : [`in ${mailbox}`]),
    ...(network === undefined ? [] : [`from ${network}`]),
  ].join(' ')
}
