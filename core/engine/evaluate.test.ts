import { describe, expect, it } from 'vitest'
import { MIDNIGHT, probe } from '../../test/support/histories.ts'
import { facts, TENANT } from '../../test/support/tenant.ts'
import { makeParser } from '../feeds/normalise/parse.ts'
import type { Detection, Term } from '../model/detection.ts'
import { type Finding, supersedes } from '../model/finding.ts'
import type { Entries } from '../model/may-reach.ts'
import { NOBODY_SEEN } from '../model/observation.ts'
import { dayOf, HOUR, iso } from '../model/time.ts'
import { makeCollector } from './collect.ts'
import { evaluate, farIn, findingId, mayFind, NAMED_RECORDS, reachOf } from './evaluate.ts'

const MINUTE = 60

interface Event {
  readonly at: number
  readonly [field: string]: unknown
}

const rawOf = ({ at, ...more }: Event, n: number) => ({
  Id: `00000000-0000-4000-8000-${n.toString().padStart(12, '0')}`,
  CreationTime: iso(MIDNIGHT + at),
  Operation: 'Flag',
  UserId: 'ada@birchwood.example',
  ...more,
})

const flags = (term: Partial<Term>, more: readonly Term[] = []): Detection => ({
  ...probe,
  terms: [
    { id: 'flags', counts: 'flags', measures: ['flag'], atLeast: 1, severity: 'medium', ...term },
    ...more,
  ],
  signals: ({ session }) => [{ key: ['ada@birchwood.example'], measure: 'flag', session }],
})

function found(
  events: readonly Event[],
  detection = flags({}),
  days?: { from: number; to: number },
): Finding[] {
  const parse = makeParser(TENANT)
  const collector = makeCollector([detection], facts)
  for (const [n, event] of events.entries()) {
    const { record } = parse(rawOf(event, n))
    if (record !== undefined) collector.add(record)
  }
  const series = [...collector.subjects.values()].flatMap(all => [...all.values()])
  return series.flatMap(one => evaluate(one, detection, TENANT, days))
}

it('detections are far that look back further than a day', () => {
  const within = (id: string, withinMinutes: number) => ({ ...flags({ withinMinutes }), id })
  const isFar = farIn([within('day', 24 * 60), within('longer', 24 * 60 + 1), flags({})])
  expect(['day', 'longer', 'probe', 'unknown'].filter(isFar)).toEqual(['longer'])
})

describe('whether anything can be found', () => {
  const counted =
    (...panes: readonly number[]): Entries =>
    visit => {
      for (const [member, pane] of panes.entries()) visit('flag', pane, member, 1)
    }
  const quick = { atLeast: 2, withinMinutes: 20 }

  it('is known from what was counted: enough of it within the window', () => {
    expect(mayFind(flags(quick), counted(1))).toBe(false)
    expect(mayFind(flags(quick), counted(1, 2))).toBe(true)
    expect(mayFind(flags(quick), counted(1, 9))).toBe(false)
  })

  it('is true where any term can be reached', () => {
    const other: Term = { id: 'one', counts: 'flags', measures: ['flag'], atLeast: 1, severity: 'low' }
    expect(mayFind(flags(quick, [other]), counted(1))).toBe(true)
    expect(mayFind(flags(quick, [{ ...other, measures: ['else'] }]), counted(1))).toBe(false)
  })

  it('is asked of the whole day where one thing must come after another, however short the time between', () => {
    const sequence = flags({ ...quick, after: { measures: ['first'] } })
    expect(mayFind(sequence, counted(1, 9))).toBe(true)
    expect(mayFind(sequence, counted(1))).toBe(false)
  })
})

describe('a finding', () => {
  it('is one a day, by the end of its windows, and has an id made of what it is about', () => {
    const findings = found([{ at: -10 }, { at: 5 }, { at: 25 * HOUR }])
    expect(findings.map(({ end }) => dayOf(end) - dayOf(MIDNIGHT))).toEqual([-1, 0, 1])
    expect(findings.map(({ id }) => id)).toEqual(
      [-1, 0, 1].map(day => findingId(TENANT, 'probe', ['ada@birchwood.example'], dayOf(MIDNIGHT) + day)),
    )
    expect(findings[1]?.id).toMatch(/^20261120-[0-9a-f]{16}$/)
  })

  it('is about the worst limit reached, and of those of one severity about the first', () => {
    const second: Term = { id: 'second', counts: 'flags', measures: ['flag'], atLeast: 2, severity: 'high' }
    const third: Term = { ...second, id: 'third', atLeast: 3 }
    const detection = flags({}, [second, third])
    expect(found([{ at: 1 }], detection).map(({ term }) => term)).toEqual(['flags'])
    expect(
      found([{ at: 1 }, { at: 2 }, { at: 3 }], detection).map(({ term, limit }) => [term, limit]),
    ).toEqual([['second', 2]])
  })

  it('names who, what and from where, most records first, and counts the records', () => {
    const events = [
      { at: 3, ClientIPAddress: '192.0.2.7', MailboxOwnerUPN: 'z@x.example' },
      { at: 2, ClientIPAddress: '192.0.2.9', MailboxOwnerUPN: 'z@x.example' },
      { at: 1, ClientIPAddress: '192.0.2.9', MailboxOwnerUPN: 'b@x.example', UserId: 'eve@x.example' },
    ]
    expect(found(events)[0]).toMatchObject({
      start: MIDNIGHT + 1,
      end: MIDNIGHT + 3,
      count: 3,
      recordCount: 3,
      actor: 'ada@birchwood.example',
      actors: ['ada@birchwood.example', 'eve@x.example'],
      addresses: ['192.0.2.9', '192.0.2.7'],
      mailboxes: ['b@x.example', 'z@x.example'],
      records: [2, 1, 0].map(n => `00000000-0000-4000-8000-${n.toString().padStart(12, '0')}`),
    })
  })

  it('is of whoever has most records, or of whoever did the first where its detection says so', () => {
    const events = [{ at: 3 }, { at: 2 }, { at: 1, UserId: 'eve@x.example' }]
    const first = { ...flags({}), about: 'first' } as const
    expect(found(events)[0]?.actor).toBe('ada@birchwood.example')
    expect(found(events, first)[0]).toMatchObject({
      actor: 'eve@x.example',
      actors: ['ada@birchwood.example', 'eve@x.example'],
    })
    expect(found([...events].reverse(), first)[0]?.actor).toBe('eve@x.example')
  })

  it('is of the mailbox or the application it is about where its detection says so', () => {
    const events = [
      { at: 1, MailboxOwnerUPN: 'a@x.example', AppId: 'crm' },
      { at: 2, MailboxOwnerUPN: 'z@x.example' },
      { at: 3, MailboxOwnerUPN: 'z@x.example', AppId: 'crm' },
    ]
    const actorOf = (about: 'mailbox' | 'application', given: readonly Event[] = events) =>
      found(given, { ...flags({}), about })[0]?.actor
    expect(actorOf('mailbox')).toBe('z@x.example')
    expect(actorOf('application')).toBe('app:crm')
    for (const about of ['mailbox', 'application'] as const)
      expect(actorOf(about, [{ at: 1 }])).toBe('ada@birchwood.example')
    expect(found(events)[0]).toMatchObject({ app: 'crm', apps: ['crm'], actor: 'ada@birchwood.example' })
    expect(found([{ at: 1 }])[0]).not.toHaveProperty('app')
  })

  it('is of the application where its key says so, whoever the records name', () => {
    const detection: Detection = { ...flags({}), signals: () => [{ key: ['app:crm'], measure: 'flag' }] }
    expect(found([{ at: 1 }], detection)[0]?.actor).toBe('app:crm')
  })

  it('that nobody was seen to do is of its one mailbox, and of people as soon as one is seen', () => {
    const unseen = { at: 1, UserId: NOBODY_SEEN, MailboxOwnerUPN: 'a@x.example' }
    const of = (...events: Event[]) => found(events).map(({ actor, actors }) => [actor, actors])[0]
    expect(of(unseen)).toEqual(['a@x.example', [NOBODY_SEEN]])
    expect(of(unseen, { ...unseen, MailboxOwnerUPN: 'b@x.example' })).toEqual([NOBODY_SEEN, [NOBODY_SEEN]])
    expect(of(unseen, { ...unseen, at: 2 }, { at: 3 })).toEqual([
      'ada@birchwood.example',
      ['ada@birchwood.example'],
    ])
  })

  it('is of the first technique of its detection, and of mail collection where there is none', () => {
    expect(found([{ at: 1 }], { ...flags({}), attack: ['T1564.008', 'T1114'] })[0]?.technique).toBe(
      'T1564.008',
    )
    expect(found([{ at: 1 }], { ...flags({}), attack: [] })[0]?.technique).toBe('T1114')
  })

  it('says within how long its limit was reached, where it has a window', () => {
    expect(found([{ at: 1 }], flags({ withinMinutes: 20 }))[0]?.withinMinutes).toBe(20)
    expect(found([{ at: 1 }])[0]).not.toHaveProperty('withinMinutes')
  })

  it('names two hundred of a kind, a thousand mailboxes, those with most records', () => {
    const events = Array.from({ length: 1_200 }, (_, n) => ({
      at: n,
      SessionId: `s${n}`,
      MailboxOwnerUPN: `m${n}@x.example`,
    }))
    const [finding] = found([...events, { at: 1_300, SessionId: 's999', MailboxOwnerUPN: 'm999@x.example' }])
    expect([finding?.sessions.length, finding?.sessions[0]]).toEqual([200, 's999'])
    expect(finding?.mailboxes).toHaveLength(1_000)
    expect(finding?.mailboxes).toContain('m999@x.example')
  })

  it('of a session is of the records of that session, of the fullest, of equal ones the first by name', () => {
    const detection = flags({ atLeast: 2, withinMinutes: 20, perSession: true })
    const events = [...'bcabca'].map((SessionId, at) => ({ at, SessionId }))
    expect(found(events, detection)[0]).toMatchObject({ sessions: ['a'], count: 2, recordCount: 2 })
    for (const SessionId of ['a', 'b', 'c'])
      expect(found([...events, { at: 9, SessionId }], detection)[0]).toMatchObject({
        sessions: [SessionId],
        count: 3,
      })
  })

  it('names in order of time, and of equals by name, whatever came first', () => {
    const idOf = (n: number) => `00000000-0000-4000-8000-00000000000${n}`
    const events = [3, 1, 2].map(n => ({ at: 1, Id: idOf(n), ClientIPAddress: `192.0.2.${n}` }))
    for (const given of [events, events.toReversed()])
      expect(found(given)[0]).toMatchObject({
        records: [1, 2, 3].map(idOf),
        addresses: ['192.0.2.1', '192.0.2.2', '192.0.2.3'],
      })
  })

  it('names programs, and what its detection notes', () => {
    const detection: Detection = {
      ...flags({}),
      signals: () => [{ key: ['ada@birchwood.example'], measure: 'flag', note: 'noted' }],
    }
    const [finding] = found([{ at: 1, ClientInfoString: 'Client=OWA' }], detection)
    expect(finding).toMatchObject({ clients: ['Outlook on the web'], notes: ['noted'] })
  })

  it('is about all windows of a day that reached its limit, and about nothing between them', () => {
    const pairs = [0, 1, HOUR, 2 * HOUR, 2 * HOUR + 1].map(at => ({ at }))
    const [finding] = found(pairs, flags({ atLeast: 2, withinMinutes: 20 }))
    expect(finding).toMatchObject({ recordCount: 4, start: MIDNIGHT, end: MIDNIGHT + 2 * HOUR + 1 })
  })

  it('comes after those of earlier days, whatever limit they are about', () => {
    const worse: Term = { id: 'worse', counts: 'flags', measures: ['flag'], atLeast: 2, severity: 'high' }
    const events = [{ at: 1 }, { at: 25 * HOUR }, { at: 26 * HOUR }, { at: 50 * HOUR }]
    expect(found(events, flags({}, [worse])).map(({ term }) => term)).toEqual(['flags', 'worse', 'flags'])
  })

  it('names the oldest fifty of its records and counts all', () => {
    const events = Array.from({ length: 80 }, (_, n) => ({ at: 80 - n }))
    const [finding] = found(events)
    expect(finding).toMatchObject({ recordCount: 80, count: 80 })
    expect(finding?.records).toHaveLength(NAMED_RECORDS)
    expect(finding?.records[0]).toMatch(/79$/)
  })

  it('fits into a row of storage, however many addresses, sessions and mailboxes it is about', () => {
    const events = Array.from({ length: 3_000 }, (_, n) => ({
      at: n,
      ClientIPAddress: `2001:db8::${(n >> 8).toString(16)}:${(n & 255).toString(16)}`,
      SessionId: `session ${n} ${'s'.repeat(180)}`,
      MailboxOwnerUPN: `m${n}@${'x'.repeat(60)}.example`,
      ClientInfoString: `Client=REST;tool-${'c'.repeat(90)}/1.${n}`,
      UserId: `u${n}@${'x'.repeat(60)}.example`,
    }))
    const [finding] = found(events)
    expect(finding?.recordCount).toBe(3_000)
    expect(Buffer.byteLength(JSON.stringify(finding))).toBeLessThan(750_000)
  })

  it('draws its records in at most 24 bars, from the first to the last', () => {
    for (const span of [0, 59 * MINUTE, 4 * HOUR, 20 * HOUR]) {
      const [finding] = found([{ at: 1 }, { at: 1 + span }])
      const { from, step, bars } = finding?.timeline ?? { from: 0, step: 0, bars: [] }
      expect(bars.length).toBeLessThanOrEqual(24)
      expect(from).toBe(MIDNIGHT + 1)
      expect(from + step * bars.length).toBeGreaterThan(MIDNIGHT + span)
      expect(bars.reduce((sum, bar) => sum + bar, 0)).toBe(2)
    }
  })

  it('draws in steps of ten minutes, doubled as often as it takes', () => {
    const drawn = (...times: number[]) => found(times.map(at => ({ at })))[0]?.timeline
    expect(drawn(0, 599, 600, 1_800)).toEqual({ from: MIDNIGHT, step: 600, bars: [2, 1, 0, 1] })
    expect(drawn(0, 4 * HOUR - 1)?.step).toBe(600)
    expect(drawn(0, 4 * HOUR)?.step).toBe(1_200)
    expect(drawn(0, 4 * HOUR)?.bars).toHaveLength(13)
    expect(drawn(7)).toEqual({ from: MIDNIGHT + 7, step: 600, bars: [1] })
  })

  it('reaches back as many days as the longest window of its detection, and one at least', () => {
    const reach = (...windows: (number | undefined)[]) => {
      const terms = windows.map(withinMinutes => (withinMinutes === undefined ? {} : { withinMinutes }))
      return reachOf({ ...probe, terms: terms.map(term => ({ ...(flags({}).terms[0] as Term), ...term })) })
    }
    expect([reach(), reach(undefined), reach(10), reach(1_440), reach(10, 1_441), reach(10_080)]).toEqual([
      1, 1, 1, 1, 2, 7,
    ])
  })

  it('rests on the records from the first second of the day before to the last of its own', () => {
    const basis = (...times: number[]) =>
      found(
        times.map(at => ({ at })),
        flags({}),
        { from: dayOf(MIDNIGHT), to: dayOf(MIDNIGHT) },
      )[0]?.basis
    const DAY = 24 * HOUR
    expect(basis(0)).toBe(1)
    expect(basis(0, -DAY, DAY - 1)).toBe(3)
    expect(basis(0, -DAY - 1, DAY)).toBe(1)
  })

  it('is told for the days asked for and no others', () => {
    const day = dayOf(MIDNIGHT)
    const events = [{ at: -HOUR }, { at: HOUR }, { at: 30 * HOUR }]
    expect(found(events, flags({}), { from: day, to: day }).map(({ start }) => start)).toEqual([
      MIDNIGHT + HOUR,
    ])
  })
})

describe('of two states of a finding the later one', () => {
  const window = { withinMinutes: 20 }
  const session: Term = {
    id: 'session',
    counts: 'flags',
    measures: ['flag'],
    atLeast: 2,
    perSession: true,
    severity: 'medium',
    ...window,
  }
  const detection: Detection = {
    ...flags({ ...window, atLeast: 4 }),
    terms: [session, ...flags({ ...window, atLeast: 4 }).terms],
  }
  const sessions = (names: string) => [...names].map((SessionId, n) => ({ at: n, SessionId }))

  it('wins when it is about another limit of the same severity, which needs fewer records', () => {
    const [before] = found(sessions('abcde'), detection)
    const [after] = found(sessions('abcdea'), detection)
    if (before === undefined || after === undefined) throw new Error('Both are found')
    expect([before.term, before.recordCount]).toEqual(['flags', 5])
    expect([after.term, after.recordCount]).toEqual(['session', 2])
    expect(supersedes(after, before)).toBe(true)
    expect(supersedes(before, after)).toBe(false)
    expect(supersedes(after, after)).toBe(false)
  })

  it('is known by the records of its day and the day before, whatever else was read', () => {
    const events = [{ at: -25 * HOUR }, { at: -HOUR }, { at: 0 }, { at: HOUR }, { at: 24 * HOUR }]
    expect(found(events).map(({ basis }) => basis)).toEqual([1, 2, 3, 3])
  })
})
