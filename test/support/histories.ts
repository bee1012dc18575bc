import fc from 'fast-check'
import type { Detection } from '../../core/model/detection.ts'
import { list, text } from '../../core/model/values.ts'

/**
 * Small worlds in which a handful of people, messages and sessions meet within a few panes around midnight, so that
 * windows cross their limits, pane edges and days all the time. Raw records, as a blob would hold them.
 */
export const MIDNIGHT = Date.UTC(2026, 10, 20) / 1000

/** A detection of every kind of limit, with limits that small worlds reach. */
export const probe: Detection = {
  id: 'probe',
  title: 'Probe',
  attack: ['T1114'],
  reads: 'any',
  terms: [
    {
      id: 'session',
      counts: 'things',
      measures: ['read'],
      atLeast: 4,
      withinMinutes: 15,
      perSession: true,
      severity: 'high',
    },
    {
      id: 'sum',
      counts: 'things',
      measures: ['read', 'heavy'],
      atLeast: 9,
      withinMinutes: 30,
      severity: 'high',
    },
    {
      id: 'both',
      counts: 'things',
      measures: ['read'],
      atLeast: 3,
      withinMinutes: 20,
      also: { measures: ['heavy'], atLeast: 1 },
      severity: 'medium',
    },
    {
      id: 'records',
      counts: 'things',
      measures: ['record'],
      atLeast: 6,
      withinMinutes: 60,
      severity: 'medium',
    },
    {
      id: 'then-in-session',
      counts: 'things',
      measures: ['flag'],
      after: { measures: ['carried'] },
      atLeast: 2,
      withinMinutes: 40,
      perSession: true,
      severity: 'critical',
    },
    {
      id: 'then',
      counts: 'things',
      measures: ['flag'],
      after: { measures: ['carried'] },
      atLeast: 1,
      withinMinutes: 25,
      severity: 'medium',
    },
    { id: 'any', counts: 'things', measures: ['flag'], atLeast: 1, severity: 'low' },
  ],
  *signals(record) {
    const members = list(record.body.Folders).flatMap(member => text(member) ?? [])
    const light = members.filter(member => !member.startsWith('h'))
    const heavy = members.filter(member => member.startsWith('h'))
    const key = [record.actor] as const
    if (light.length > 0) yield { key, measure: 'read', members: light, session: record.session }
    if (heavy.length > 0)
      yield { key, measure: 'heavy', members: heavy.map(member => ({ member, weight: 4 })) }
    if (heavy.length > 0) yield { key, measure: 'carried', session: record.session }
    if (record.operation === 'Flag') yield { key, measure: 'flag', session: record.session }
    yield { key, measure: 'record' }
  },
  headline: () => 'Probe',
  sentence: () => 'Probe.',
  triage: [],
  notKnown: '',
  falsePositives: [],
  notCovered: [],
  references: [],
  covers: [],
}

export interface RawRecord {
  readonly Id: string
  readonly CreationTime: string
  readonly Operation: string
  readonly UserId: string
  readonly SessionId: string
  readonly Folders: readonly string[]
}

const record = fc.record({
  at: fc.integer({ min: -90 * 60, max: 90 * 60 }),
  Operation: fc.constantFrom('Read', 'Read', 'Read', 'Read', 'Read', 'Flag'),
  UserId: fc.constantFrom('ada@birchwood.example', 'ben@birchwood.example'),
  SessionId: fc.constantFrom('s1', 's2'),
  Folders: fc.array(fc.constantFrom('m1', 'm2', 'm3', 'm4', 'm5', 'm6', 'h1', 'h2'), { maxLength: 3 }),
})

/** Up to 30 records, in event order of no kind. Ids are GUIDs made from the position. */
export const history = fc.array(record, { minLength: 1, maxLength: 30 }).map(records =>
  records.map(
    ({ at, ...rest }, index): RawRecord => ({
      Id: `00000000-0000-4000-8000-${index.toString().padStart(12, '0')}`,
      CreationTime: new Date((MIDNIGHT + at) * 1000).toISOString().slice(0, 19),
      ...rest,
    }),
  ),
)

/** A history as it is delivered: cut into blobs, with records repeated inside and across blobs, in any order. */
export const delivery = history.chain(records =>
  fc.record({
    records: fc.constant(records),
    blobs: fc
      .array(fc.array(fc.integer({ min: 0, max: records.length - 1 }), { minLength: 0, maxLength: 12 }), {
        maxLength: 6,
      })
      .map(cuts => complete(cuts, records)),
  }),
)

/** What the cuts leave out comes in a last blob, so that every record is delivered at least once. */
function complete(cuts: readonly (readonly number[])[], records: readonly RawRecord[]): RawRecord[][] {
  const seen = new Set(cuts.flat())
  const rest = records.filter((_, index) => !seen.has(index))
  return [...cuts.map(cut => cut.flatMap(index => records[index] ?? [])), rest].filter(
    blob => blob.length > 0,
  )
}
