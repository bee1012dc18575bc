import { detections } from '../core/detections/index.ts'
import { type Collector, makeCollector } from '../core/engine/collect.ts'
import { judged as judgedAll } from '../core/engine/judged.ts'
import { makeParser } from '../core/feeds/normalise/parse.ts'
import type { Detection } from '../core/model/detection.ts'
import { tenantFacts } from '../core/pipeline/tenant-domains.ts'
import { print, type Row, rounded } from './report.ts'
import { bestTimes } from './rounds.ts'
import { recordBytes } from './workload.ts'

/** Parse, normalise, detect and judge on one core, against `JSON.parse` of the same bytes. */
const RECORDS = 60_000
const ROUNDS = 7
/** With each detection left out: there are many, and only the dearest are shown. */
const FEWER_ROUNDS = 3
const SHOWN = 8

const TENANT = '5b6a1d0e-3c47-4f29-9e58-0d1f2a7b6c83'
const FACTS = tenantFacts(TENANT, new Set(['birchwood.example']), true)

const bytes = recordBytes(RECORDS)

function parsed(): void {
  for (const one of bytes) JSON.parse(one.toString())
}

function normalised(): void {
  const parse = makeParser(TENANT)
  for (const one of bytes) parse(JSON.parse(one.toString()))
}

function collected(active: readonly Detection[]): Collector {
  const parse = makeParser(TENANT)
  const collector = makeCollector(active, FACTS)
  for (const one of bytes) {
    const { record } = parse(JSON.parse(one.toString()))
    if (record !== undefined) collector.add(record)
  }
  return collector
}

function judged(active: readonly Detection[]): number {
  return judgedAll([collected(active).subjects], active, TENANT, 0).length
}

const FLOOR = 'JSON.parse alone'
const WHOLE = 'and judge: the whole chain'

const best = await bestTimes(
  {
    [FLOOR]: parsed,
    'and normalise': normalised,
    'and detect': () => collected(detections),
    [WHOLE]: () => judged(detections),
  },
  ROUNDS,
)
const without = await bestTimes<string>(
  Object.fromEntries([
    ['floor', parsed],
    ['none', () => judged(detections)],
    ...detections.map(left => [left.id, () => judged(detections.filter(one => one !== left))] as const),
  ]),
  FEWER_ROUNDS,
)

function row(name: string, ms: number, floor: number): Row {
  return { name, 'records/s': Math.round((1000 * bytes.length) / ms), ratio: rounded(floor / ms) }
}

const { floor = Number.NaN, none = Number.NaN, ...leftOut } = without
const dearest = Object.entries(leftOut)
  .sort(([, a], [, b]) => a - b)
  .slice(0, SHOWN)
  .map(([id, ms]) => ({
    ...row(`without ${id}`, ms, floor),
    'µs/record saved': rounded((1000 * (none - ms)) / bytes.length, 2),
  }))
const size = bytes.reduce((sum, one) => sum + one.length, 0)
print({
  bench: 'chain',
  about:
    `${bytes.length} records of ${Math.round(size / bytes.length)} bytes on one core, ${detections.length} detections, ` +
    `${judged(detections)} findings; best of ${ROUNDS} rounds, each ratio to JSON.parse of the same bytes.`,
  rows: [...Object.entries(best).map(([name, ms]) => row(name, ms, best[FLOOR])), ...dearest],
  targets: [
    {
      what: 'whole chain as a ratio of JSON.parse alone',
      figure: rounded(best[FLOOR] / best[WHOLE]),
      atLeast: 0.5,
    },
  ],
})
