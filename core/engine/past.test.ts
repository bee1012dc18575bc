import { describe, expect, it } from 'vitest'
import { makeFinding } from '../../test/chain/findings.ts'
import { MIDNIGHT, probe } from '../../test/support/histories.ts'
import { probes } from '../../test/support/past-probes.ts'
import { facts, TENANT } from '../../test/support/tenant.ts'
import { makeParser } from '../feeds/normalise/parse.ts'
import { type Detection, TENANT_KEY, type Term } from '../model/detection.ts'
import { type History, NOTHING_KNOWN, termName } from '../model/history.ts'
import type { Operation } from '../model/operations.ts'
import { DAY, dayOf, iso } from '../model/time.ts'
import { makeCollector, type Series } from './collect.ts'
import { judged } from './judged.ts'
import { hasPast, lessonsOf, makeStandings, operationsOfPast, type Past, taintOf } from './past.ts'

const [alarm, novelty, rarity, volume] = probes as [Detection, Detection, Detection, Detection]
const byId = new Map(probes.map(one => [one.id, one]))
const TODAY = dayOf(MIDNIGHT)
const ADA = 'ada@birchwood.example'

const termOf = ({ terms }: Detection, id: string) => terms.find(term => term.id === id) as Term

interface Event {
  readonly day: number
  readonly Operation?: string
  readonly Folders: readonly string[]
}

/** What Ada did in session s1, a record each, in the order told. */
function collected(events: readonly Event[], detections = probes) {
  const parse = makeParser(TENANT)
  const { add, subjects } = makeCollector(detections, facts)
  for (const [n, { day, ...fields }] of events.entries()) {
    const { record } = parse({
      Id: `00000000-0000-4000-8000-${n.toString().padStart(12, '0')}`,
      CreationTime: iso(MIDNIGHT + day * DAY + n),
      Operation: 'Read',
      UserId: ADA,
      SessionId: 's1',
      ...fields,
    })
    if (record !== undefined) add(record)
  }
  return subjects
}

const seriesOf = (events: readonly Event[], detection: Detection): Series[] => [
  ...(collected(events, [detection]).get(ADA)?.values() ?? []),
]

describe('a detection', () => {
  it('asks the past where its key has named parts or a limit of it is of what is new or unusual', () => {
    expect(probes.map(hasPast)).toEqual([false, true, true, true])
    expect(hasPast({ ...alarm, parts: [] })).toBe(true)
    expect(hasPast({ ...alarm, terms: [...alarm.terms, ...volume.terms] })).toBe(true)
    expect(hasPast({ ...novelty, parts: ['thing'], terms: alarm.terms })).toBe(true)
  })

  it('that asks the past has its operations searched for, with and without Entra’s full stop', () => {
    const reading = (detection: Detection, reads: readonly Operation[]): Detection => ({
      ...detection,
      reads: reads as readonly never[],
    })
    const some = [
      reading(novelty, ['Send', 'Update user', 'Create']),
      reading(volume, ['Send']),
      reading(alarm, ['Move']),
    ]
    expect(operationsOfPast(some)).toEqual(['Create', 'Send', 'Update user', 'Update user.'])
    expect(operationsOfPast([...some, { ...rarity, reads: 'any' }])).toEqual([])
  })
})

describe('what was reached stands before the past', () => {
  const series: Series = { detection: 'novelty', key: [ADA, 'm1', 's1'], panes: new Map() }
  const seenOn = (...days: number[]): History => ({
    since: TODAY - 40,
    terms: new Map([[termName('thing', 'm1'), days]]),
    totals: new Map(),
  })
  const at = (history: History, learnedFrom = TODAY): Past => ({ history, learnedFrom })
  const of = (term: string, past: Past | undefined, one = series) =>
    makeStandings(one, novelty, past).of(termOf(novelty, term), { day: TODAY, count: 1 })

  it('where all parts are new that must be', () => {
    expect(of('thing', at(seenOn(TODAY - 31)))).toEqual({})
    expect(of('thing', at(seenOn(TODAY - 30)))).toBeUndefined()
    expect(of('both', at(seenOn(TODAY - 31)))).toEqual({})
    expect(of('both', at(seenOn(TODAY - 30)))).toBeUndefined()
    const place: History = { ...seenOn(), terms: new Map([[termName('place', 's1'), [TODAY - 1]]]) }
    expect(of('both', at(place))).toBeUndefined()
    expect(of('thing', at(place))).toEqual({})
  })

  it('not where the key has no such part, nothing is known of the past, or the subject is new itself', () => {
    expect(of('both', at(seenOn()), { ...series, key: [ADA, 'm1'] })).toBeUndefined()
    expect(of('thing', undefined)).toBeUndefined()
    expect(of('thing', at({ ...seenOn(), since: TODAY - 6 }))).toBeUndefined()
  })

  it('always where it does not ask', () => {
    const flags = termOf(alarm, 'flags')
    for (const past of [undefined, at(NOTHING_KNOWN, TODAY + 9)])
      expect(makeStandings(series, alarm, past).of(flags, { day: TODAY, count: 1 })).toEqual({})
  })

  it('with low severity until the tenant is learned', () => {
    expect(of('thing', at(seenOn(), TODAY + 1))).toEqual({ learning: true, severity: 'low' })
    expect(of('thing', at(seenOn(), TODAY))).toEqual({})
  })

  it('of the whole tenant from a week after its first day on, which is two weeks before it is learned', () => {
    const whole: Series = { ...series, detection: 'rarity', key: [TENANT_KEY, 'm1'] }
    const stands = (past: Past) =>
      makeStandings(whole, rarity, past).of(termOf(rarity, 'rare'), { day: TODAY, count: 1 })
    expect(stands(at(NOTHING_KNOWN, TODAY + 7))).toBeDefined()
    expect(stands(at(NOTHING_KNOWN, TODAY + 8))).toBeUndefined()
    expect(stands({ ...at(NOTHING_KNOWN, TODAY + 99), tenantSince: TODAY - 7 })).toBeDefined()
    expect(stands({ ...at(NOTHING_KNOWN, TODAY), tenantSince: TODAY - 6 })).toBeUndefined()
  })

  describe('of a volume', () => {
    const own: Series = { ...series, detection: 'volume', key: [ADA] }
    const days = Array.from({ length: 9 }, (_, n) => [TODAY - 1 - n, 5] as const)
    const name = 'volume\u0000light+heavy'
    const usual: History = { ...NOTHING_KNOWN, totals: new Map([[name, new Map(days)]]) }
    const stands = (count: number, past: Past) =>
      makeStandings(own, volume, past).of(termOf(volume, 'p95'), { day: TODAY, count })

    it('from its limit on, rounded up, with what is usual', () => {
      expect(stands(8, at(usual))).toEqual({ usual: 5, usualDays: 7, limit: 8 })
      expect(stands(7, at(usual))).toBeUndefined()
      expect(stands(8, at(usual, TODAY + 1))).toMatchObject({ severity: 'low', learning: true, usual: 5 })
      expect(stands(8, at(NOTHING_KNOWN))).toBeUndefined()
      const even = new Map(days.map(([day]) => [day, 4]))
      expect(stands(6, at({ ...usual, totals: new Map([[name, even]]) }))).toMatchObject({ limit: 6 })
    })

    it('never below the limit of the detection', () => {
      const little = new Map(days.map(([day]) => [day, 1]))
      expect(stands(4, at({ ...usual, totals: new Map([[name, little]]) }))).toMatchObject({ limit: 4 })
    })
  })
})

describe('what may stand', () => {
  const events = [
    { day: 0, Folders: ['m1'] },
    { day: 9, Folders: ['m1'] },
  ]
  const may = (history: History | undefined, detection: Detection, id: string, given: readonly Event[]) => {
    const [one] = seriesOf(given, detection)
    if (one === undefined) throw new Error('Nothing is counted')
    const past = history && { history, learnedFrom: TODAY }
    return makeStandings(one, detection, past).may(termOf(detection, id))
  }

  it('is what is new on any day, and not what never is', () => {
    const seen = (...days: number[]): History => ({
      since: TODAY - 40,
      terms: new Map([[termName('thing', 'm1'), days.map(day => TODAY + day)]]),
      totals: new Map(),
    })
    expect(may(seen(-1), novelty, 'thing', events)).toBe(false)
    expect(may(seen(-31), novelty, 'thing', events)).toBe(true)
    expect(may(seen(1), novelty, 'thing', events)).toBe(true)
    expect(may(undefined, novelty, 'thing', events)).toBe(false)
    expect(may(undefined, alarm, 'flags', [{ day: 0, Operation: 'Flag', Folders: [] }])).toBe(true)
  })

  it('is a volume that some day reached, and that is beyond the usual', () => {
    const usual = (total: number): History => ({
      ...NOTHING_KNOWN,
      totals: new Map([
        ['volume\u0000light+heavy', new Map([1, 2, 3, 4].map(n => [TODAY - n, total] as const))],
      ]),
    })
    const four = { day: 0, Folders: ['m1', 'm2', 'm3', 'h1'] }
    expect(may(usual(1), volume, 'p95', [four])).toBe(true)
    expect(may(usual(1), volume, 'p95', [{ day: 1, Folders: ['m1'] }, four])).toBe(true)
    expect(may(usual(1), volume, 'p95', [{ day: 0, Folders: ['m1', 'm2', 'h1'] }])).toBe(false)
    expect(may(usual(9), volume, 'p95', [four])).toBe(false)
  })
})

describe('a lesson', () => {
  const lessons = (
    events: readonly Event[],
    detection: Detection,
    tainted = new Set<string>(),
    teaches?: (day: number) => boolean,
  ) => lessonsOf(seriesOf(events, detection), byId, tainted, teaches)
  const idOf = (n: number) => `00000000-0000-4000-8000-${n.toString().padStart(12, '0')}`

  it('is on which days each part was seen, each day once', () => {
    const twice = [0, 0, 3].map(day => ({ day, Folders: ['m1'] }))
    expect(lessons(twice, novelty)).toEqual({
      terms: [
        [termName('thing', 'm1'), TODAY],
        [termName('thing', 'm1'), TODAY + 3],
        [termName('place', 's1'), TODAY],
        [termName('place', 's1'), TODAY + 3],
      ],
      totals: [],
    })
  })

  it('is how much there was on a day, of every limit that rises with it', () => {
    const read = [
      { day: 0, Folders: ['m1', 'm2', 'h1'] },
      { day: 0, Folders: ['m2', 'm3'] },
      { day: 2, Folders: ['m1'] },
    ]
    expect(lessons(read, volume)).toEqual({
      terms: [],
      totals: [
        ['volume\u0000light+heavy', TODAY, 4],
        ['volume\u0000light+heavy', TODAY + 2, 1],
        ['volume\u0000heavy', TODAY, 1],
      ],
    })
  })

  it('is the same of what comes from storage, where only panes are', () => {
    const read = [0, 0, 1].map(day => ({ day, Folders: ['m1', 'h1'] }))
    for (const detection of [novelty, volume]) {
      const stored = seriesOf(read, detection).map(({ detection, key, panes }) => ({ detection, key, panes }))
      expect(lessonsOf(stored, byId, new Set())).toEqual(lessons(read, detection))
    }
  })

  it('is of parts the key has, and of a total once, however many limits ask for it', () => {
    const there = seriesOf([{ day: 0, Folders: ['m1'] }], novelty).map(({ panes }) => ({
      detection: 'novelty',
      key: [ADA, 'm1'] as const,
      panes,
    }))
    expect(lessonsOf(there, byId, new Set()).terms).toEqual([[termName('thing', 'm1'), TODAY]])
    const [p95] = volume.terms as [Term]
    const twice = new Map([['volume', { ...volume, terms: [p95, { ...p95, id: 'again' }] }]])
    const read = seriesOf([{ day: 0, Folders: ['m1'] }], volume)
    expect(lessonsOf(read, twice, new Set()).totals).toHaveLength(1)
  })

  it('is of the days that teach, and of no day with a record behind an alarm', () => {
    const read = [0, 0, 1, 2].map(day => ({ day, Folders: ['m1'] }))
    const days = ({ terms }: ReturnType<typeof lessons>) => [...new Set(terms.map(([, day]) => day - TODAY))]
    expect(days(lessons(read, novelty))).toEqual([0, 1, 2])
    expect(days(lessons(read, novelty, new Set([idOf(0)])))).toEqual([1, 2])
    expect(days(lessons(read, novelty, new Set([idOf(1), idOf(3)])))).toEqual([1])
    expect(days(lessons(read, novelty, new Set(), day => day !== TODAY + 1))).toEqual([0, 2])
  })

  it('is none of a first step, which makes nothing known', () => {
    const granted = { day: 0, Operation: 'Grant', Folders: ['m1'] }
    expect(lessons([granted], novelty).terms).toEqual([])
    const { terms } = lessons([granted, { day: 1, Folders: ['m1'] }], novelty)
    expect(new Set(terms.map(([, day]) => day))).toEqual(new Set([TODAY + 1]))
    expect(lessons([granted, { day: 0, Folders: ['m1'] }], novelty).terms).toHaveLength(2)
  })

  it('is none of detections that are not known, or do not ask', () => {
    const read = [{ day: 0, Operation: 'Flag', Folders: ['m1'] }]
    expect(lessonsOf(seriesOf(read, alarm), byId, new Set())).toEqual({ terms: [], totals: [] })
    expect(lessonsOf(seriesOf(read, novelty), new Map(), new Set())).toEqual({ terms: [], totals: [] })
  })
})

describe('a record is behind an alarm', () => {
  it('where a finding of medium severity at least, which did not ask the past, rests on it', () => {
    const finding = (detection: string, term: string, more: object = {}) =>
      makeFinding({ detection, term, records: [`${detection} ${term}`], ...more })
    const tainted = taintOf(
      [
        finding('alarm', 'flags'),
        finding('alarm', 'whispers', { severity: 'low' }),
        finding('alarm', 'gone'),
        finding('gone', 'flags'),
        finding('novelty', 'thing'),
        finding('volume', 'mad', { severity: 'high' }),
      ],
      byId,
    )
    expect([...tainted]).toEqual(['alarm flags'])
  })
})

describe('judging', () => {
  it('uses up what was collected, and leaves out what no detection is known for', () => {
    const events = [{ day: 0, Operation: 'Flag', Folders: ['m1'] }]
    const subjects = collected(events, [alarm, { ...alarm, id: 'gone' }, { ...probe, id: 'gone too' }])
    expect(judged([subjects], [alarm], TENANT, TODAY).map(({ detection }) => detection)).toEqual(['alarm'])
    expect(subjects.size).toBe(0)
  })

  it('tells of a new thing on its first day and no other', () => {
    const events = [0, 1, 40].map(day => ({ day, Folders: ['m1'] }))
    const told = judged([collected(events, [rarity])], [rarity], TENANT, TODAY)
    const whole = told.filter(({ key }) => key[0] === TENANT_KEY)
    expect(whole.map(({ end }) => dayOf(end) - TODAY)).toEqual([0, 40])
  })

  it('learns nothing from days with an alarm, of whatever detection it is', () => {
    const granted: Term = { ...termOf(alarm, 'flags'), id: 'grants', measures: ['granted'] }
    const strict: Detection = { ...novelty, terms: [...novelty.terms, granted] }
    const first = { day: -10, Folders: ['m2'] }
    const read = (day: number) => ({ day, Folders: ['m1'] })
    const daysOf = (detections: Detection[], ...events: Event[]) =>
      judged([collected([first, ...events], detections)], detections, TENANT, TODAY)
        .filter(({ detection, term }) => detection === 'novelty' && term === 'thing')
        .map(({ end }) => dayOf(end) - TODAY)
    const flag = { ...read(0), Operation: 'Flag' }
    const grant = { ...read(0), Operation: 'Grant' }
    expect(daysOf([novelty], flag, read(1))).toEqual([0])
    expect(daysOf([alarm, novelty], flag, read(1))).toEqual([0, 1])
    expect(daysOf([novelty], grant, read(0), read(5))).toEqual([])
    expect(daysOf([strict], grant, read(0), read(5))).toEqual([5])
  })

  it('takes the tenant’s first day as told, else two weeks before it is learned', () => {
    const events = [{ day: 0, Folders: ['m1'] }]
    const told = (learnedFrom: number, tenantSince?: number) =>
      judged([collected(events, [rarity])], [rarity], TENANT, learnedFrom, tenantSince).map(({ key }) => key)
    expect(told(TODAY)).toEqual([[TENANT_KEY, 'm1']])
    expect(told(TODAY, TODAY - 7)).toEqual([[TENANT_KEY, 'm1']])
    expect(told(TODAY, TODAY - 6)).toEqual([])
  })
})
