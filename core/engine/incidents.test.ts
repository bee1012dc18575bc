import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeFinding } from '../../test/chain/findings.ts'
import { MIDNIGHT } from '../../test/support/histories.ts'
import type { Finding } from '../model/finding.ts'
import type { Incident } from '../model/incident.ts'
import { DAY, HOUR } from '../model/time.ts'
import { join, newsOf, rebuilt, tell } from './incidents.ts'

const T = MIDNIGHT + HOUR

function joined(findings: readonly Finding[]): Incident[] {
  let incidents: Incident[] = []
  for (const finding of findings) ({ incidents } = join(incidents, finding))
  return incidents
}

const only = (incidents: readonly Incident[]): Incident => {
  expect(incidents).toHaveLength(1)
  const [incident] = incidents
  if (incident === undefined) throw new Error('None')
  return incident
}

/** Joins one more finding and tells of it. */
const next = (incident: Incident, finding: Finding) => tell(only(join([incident], finding).incidents))

describe('joining', () => {
  it('puts findings that end within 24 hours of each other into one incident', () => {
    const findings = [0, 5, 23].map(hour => makeFinding({ key: [`k${hour}`], start: T + hour * HOUR }))
    const incident = only(joined(findings))
    expect(incident).toMatchObject({ start: T, end: T + 23 * HOUR + 60, actor: 'ada@birchwood.example' })
    expect(incident.findings.map(({ id }) => id)).toEqual(findings.map(({ id }) => id))
  })

  it('opens another incident for what ends a day or more from the first or the last', () => {
    const at = (hours: number) => makeFinding({ key: [`k${hours}`], start: T + hours * HOUR })
    expect(joined([at(0), at(24)])).toHaveLength(2)
    expect(joined([at(0), at(-24)])).toHaveLength(2)
    expect(joined([at(0), at(20), at(30)])).toHaveLength(2)
    expect(joined([at(0), at(24 - 1 / 3600)])).toHaveLength(1)
  })

  it('puts what was done over a whole day together with what came right after', () => {
    const reading = makeFinding({ key: ['reading'], start: T, end: T + 23 * HOUR })
    const rule = makeFinding({ key: ['rule'], start: T + 26 * HOUR })
    expect(only(joined([reading, rule])).findings).toHaveLength(2)
  })

  it('brings a finding up to date where it is, however far it has moved', () => {
    const first = makeFinding({ start: T, basis: 1 })
    const grown = {
      ...first,
      start: T - 23 * HOUR,
      end: T + 9 * HOUR,
      count: 9,
      basis: 9,
      severity: 'high',
    } as const
    const incident = only(joined([first, grown]))
    expect(incident.findings).toEqual([
      expect.objectContaining({ id: first.id, count: 9, severity: 'high', start: T - 23 * HOUR }),
    ])
    expect(incident).toMatchObject({ severity: 'high', start: T - 23 * HOUR, end: T + 9 * HOUR })
  })

  it('brings a finding up to date in the incident it is in, also where another is near by now', () => {
    const at = (hours: number) => makeFinding({ key: [`k${hours}`], start: T + hours * HOUR })
    const [first, second] = joined([at(0), at(25), at(26)])
    const moved = { ...at(26), start: T + 23 * HOUR, end: T + 23 * HOUR, basis: 9 }
    const { incidents, incident } = join([first, second] as Incident[], moved)
    expect(incident.id).toBe(second?.id)
    expect(incidents.map(({ findings }) => findings.length)).toEqual([1, 2])
  })

  it('orders findings by their starts, of one start by their ids', () => {
    const findings = Array.from({ length: 5 }, (_, n) => makeFinding({ key: [`k${n}`], start: T }))
    const ids = findings.map(({ id }) => id).sort()
    for (const order of [findings, findings.toReversed()])
      expect(only(joined(order)).findings.map(({ id }) => id)).toEqual(ids)
  })

  it('does not bring a finding back to an older state', () => {
    const older = makeFinding({ basis: 3, count: 3 })
    const newer = {
      ...older,
      basis: 4,
      count: 2,
      severity: 'high',
      mailboxes: ['ben@birchwood.example'],
    } as const
    const incident = only(joined([newer, older]))
    expect(incident).toEqual(only(joined([newer])))
    expect(incident).toMatchObject({ severity: 'high', findings: [{ count: 2 }] })
  })

  it('collects mailboxes, each once and in order, and the worst severity', () => {
    const mailboxes = [['c@x.example', 'a@x.example'], ['b@x.example', 'a@x.example'], []]
    const severities = ['medium', 'critical', 'low'] as const
    const findings = mailboxes.map((own, n) =>
      makeFinding({ key: [`k${n}`], start: T + n, mailboxes: own, severity: severities[n] ?? 'low' }),
    )
    expect(only(joined(findings))).toMatchObject({
      mailboxes: ['a@x.example', 'b@x.example', 'c@x.example'],
      severity: 'critical',
    })
  })

  it('raises an incident by one step where signs of two techniques meet', () => {
    const sign = (technique: Finding['technique'], more: Partial<Finding> = {}) =>
      makeFinding({ key: [technique], technique, ...more })
    const severityOf = (...findings: Finding[]) => only(joined(findings)).severity
    expect(severityOf(sign('T1114.002'), sign('T1564.008'))).toBe('high')
    expect(severityOf(sign('T1114.002', { severity: 'high' }), sign('T1564.008'))).toBe('critical')
    expect(severityOf(sign('T1114.002'), sign('T1114.002', { key: ['again'] }))).toBe('medium')
    expect(severityOf(sign('T1114.002'), sign('T1564.008', { severity: 'low' }))).toBe('medium')
  })

  it('takes Microsoft’s own alert for no sign of another kind', () => {
    const search = makeFinding({ key: ['search'] })
    const alert = makeFinding({ key: ['alert'], technique: 'T1114', detection: 'vendor-alert' })
    expect(only(joined([search, alert])).severity).toBe('medium')
    expect(only(joined([alert, { ...search, severity: 'high' }])).severity).toBe('high')
  })

  it('names incidents by what opened them: the same again, and never two alike', () => {
    const finding = makeFinding()
    expect(only(joined([finding])).id).toBe(only(joined([finding])).id)
    expect(only(joined([finding])).id).toMatch(/^20261120-[0-9a-f]{12}$/)
    const others = [
      makeFinding({ actor: 'ben@birchwood.example' }),
      makeFinding({ key: ['other'] }),
      makeFinding({ start: T + DAY }),
      { ...finding, tenant: 'u' },
    ]
    const ids = [finding, ...others].map(one => only(joined([one])).id)
    expect(new Set(ids).size).toBe(5)
  })

  it('of findings within a day of each other makes one incident in any order', () => {
    const findings = Array.from({ length: 6 }, (_, n) =>
      makeFinding({ key: [`k${n}`], start: T + n * HOUR, mailboxes: [`m${n % 3}@x.example`] }),
    )
    fc.assert(
      fc.property(
        fc.shuffledSubarray(findings, { minLength: 6 }),
        fc.shuffledSubarray(findings),
        (all, again) => {
          const { id: _, ...rest } = only(joined([...all, ...again]))
          const { id: __, ...same } = only(joined(findings))
          expect(rest).toEqual(same)
        },
      ),
      { numRuns: 100, seed: 1 },
    )
  })
})

describe('news', () => {
  const first = () => tell(only(joined([makeFinding()])))

  it('is the incident itself, without a word', () => {
    expect(first().told).toEqual({
      revision: 1,
      news: '',
      severity: 'medium',
      mailboxes: ['ada@birchwood.example'],
      counts: { [makeFinding().id]: 5 },
    })
  })

  it('is none when nothing was added that people need', () => {
    const incident = first()
    expect(newsOf(incident)).toBeUndefined()
    expect(tell(incident)).toBe(incident)
    const more = makeFinding({ key: ['other'], start: T + 60 })
    expect(next(incident, more).told.revision).toBe(1)
    const grown = makeFinding({ count: 14, basis: 14 })
    expect(next(incident, grown).told.revision).toBe(1)
  })

  it('is a rise in severity', () => {
    const told = next(first(), makeFinding({ basis: 6, severity: 'critical' })).told
    expect(told).toMatchObject({ revision: 2, news: 'It is now critical; before, it was medium.' })
  })

  it.each([
    [['b@x.example'], 'One more mailbox has joined.'],
    [['b@x.example', 'c@x.example'], '2 more mailboxes have joined.'],
  ])('is mailboxes that joined', (mailboxes, news) => {
    expect(next(first(), makeFinding({ key: ['other'], mailboxes })).told).toMatchObject({
      revision: 2,
      news,
    })
  })

  it('is a second finding that is critical, and none that is less', () => {
    const first = tell(only(joined([makeFinding({ severity: 'critical' })])))
    const more = (severity: 'critical' | 'high') => next(first, makeFinding({ key: ['more'], severity }))
    expect(more('critical').told.news).toBe('Something else was found that is critical.')
    expect(more('high').told.revision).toBe(1)
  })

  it('is a count three times as large as the one told, not as the one before', () => {
    const doubled = next(first(), makeFinding({ count: 10, basis: 10 }))
    expect(doubled.told.revision).toBe(1)
    const tripled = next(doubled, makeFinding({ count: 15, basis: 15 }))
    expect(tripled.told).toMatchObject({ revision: 2, news: 'The count has tripled.' })
    expect(next(tripled, makeFinding({ count: 44, basis: 44 })).told.revision).toBe(2)
    expect(next(tripled, makeFinding({ count: 45, basis: 45 })).told.revision).toBe(3)
  })

  it('is the count of any one finding that has tripled', () => {
    const both = tell(only(joined([makeFinding(), makeFinding({ key: ['b'] })])))
    expect(next(both, makeFinding({ count: 15, basis: 15 })).told.news).toBe('The count has tripled.')
  })

  it('ends after three updates, except for a rise in severity', () => {
    let incident = first()
    for (let n = 1; n <= 6; n++)
      incident = next(incident, makeFinding({ key: [`k${n}`], mailboxes: [`m${n}@x.example`] }))
    expect(incident.told.revision).toBe(4)
    incident = next(incident, makeFinding({ key: ['k'], severity: 'high' }))
    expect(incident.told).toMatchObject({ revision: 5, severity: 'high' })
    incident = next(incident, makeFinding({ key: ['l'], severity: 'critical' }))
    expect(incident.told.revision).toBe(6)
  })
})

describe('rebuilding', () => {
  it('makes of the findings, in whatever order, the incident that grew by them', () => {
    const finding = fc
      .record({
        hour: fc.nat(20),
        severity: fc.constantFrom('low', 'medium', 'high', 'critical' as const),
        technique: fc.constantFrom('T1114', 'T1114.002', 'T1564.008'),
        mailbox: fc.constantFrom('a@birchwood.example', 'b@birchwood.example'),
        allowed: fc.boolean(),
      })
      .map(({ allowed, hour, mailbox, ...more }) => ({
        finding: makeFinding({
          ...(more as Pick<Finding, 'severity' | 'technique'>),
          ...{ key: [JSON.stringify([more, hour, mailbox, allowed])], start: T + hour * HOUR },
          mailboxes: [mailbox],
        }),
        ...(allowed && { allowed: { entry: 'e', reason: 'r', owner: 'o', until: '2026-12-31' } }),
      }))
    const parts = fc.uniqueArray(finding, { minLength: 1, selector: one => one.finding.id })
    fc.assert(
      fc.property(parts, fc.infiniteStream(fc.nat()), (given, chance) => {
        let incidents: Incident[] = []
        for (const one of given) ({ incidents } = join(incidents, one.finding, one.allowed))
        const grown = only(incidents)
        const shuffled = given
          .map(one => ({ one, at: chance.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ one }) => one)
        expect(rebuilt(grown.id, shuffled)).toEqual(grown)
      }),
    )
  })
})
