import pMap from 'p-map'
import { evaluate, reachOf } from '../engine/evaluate.ts'
import { taintOf } from '../engine/past.ts'
import type { ContentBlob } from '../model/content-blob.ts'
import type { Taught } from '../stores/taught.ts'
import type { JudgeDeps } from './judge.ts'
import { toldOn } from './judge-touched.ts'
import { lessonsIn, readPastMatter, seriesOf } from './matters.ts'
import { ownersIn, type ReadBlob, writeTallies } from './write-tallies.ts'

export interface TeachDeps
  extends Pick<JudgeDeps, 'tenant' | 'detections' | 'domains' | 'findings' | 'histories' | 'log'> {
  readonly taught: Taught
}

/** Requests under way at once to storage. */
const AT_ONCE = { concurrency: 6 }

/** Counts what was read of the past, and lets the days teach that are counted whole then. Nobody is told of anything. */
export async function teachBlobs(
  deps: TeachDeps,
  wholeDays: (blob: ContentBlob) => Promise<readonly number[]>,
  read: readonly ReadBlob[],
): Promise<void> {
  const facts = await deps.domains.facts(ownersIn(read))
  await writeTallies(deps, deps.taught, read, facts)
  for (const { blob } of read) await teachDays(deps, await wholeDays(blob))
}

/**
 * Days are judged before they teach, because a day with an alarm teaches nothing. One that reaches over midnight into a day
 * that was read before comes too late for that day, as live.
 */
async function teachDays(deps: TeachDeps, days: readonly number[]): Promise<void> {
  const { detections, histories, taught, tenant } = deps
  const subjects = await taught.subjectsOn(days)
  if (subjects.size === 0) return
  const byId = new Map(detections.map(detection => [detection.id, detection]))
  const reach = Math.max(...detections.map(reachOf))
  const matters = await pMap(
    subjects,
    subject => readPastMatter(taught, subject, new Set(days), reach),
    AT_ONCE,
  )
  const alarms = matters.flatMap(matter =>
    [...seriesOf(matter, byId)].flatMap(([series, detection, days]) =>
      evaluate(series, detection, tenant, days),
    ),
  )
  const tainted = taintOf([...alarms, ...(await toldOn(deps, days))], byId)
  await pMap(
    matters,
    matter => {
      const { terms, totals } = lessonsIn(matter, byId, tainted)
      return histories.teach(matter.subject, { terms, totals })
    },
    AT_ONCE,
  )
  await histories.noteTaught(days)
}
