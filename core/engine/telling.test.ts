import { describe, expect, it } from 'vitest'
import { makeFinding } from '../../test/chain/findings.ts'
import { MIDNIGHT, probe } from '../../test/support/histories.ts'
import type { Allowed } from '../model/allowed.ts'
import type { Finding } from '../model/finding.ts'
import type { Incident } from '../model/incident.ts'
import type { Severity } from '../model/severity.ts'
import { HOUR } from '../model/time.ts'
import { alertOf } from './alert.ts'
import { join, newsOf, tell } from './incidents.ts'
import { brokenWords } from './telling.ts'

const T = MIDNIGHT + HOUR
const allowed: Allowed = { entry: 'e1', reason: 'nightly backup', owner: 'it', until: '2026-12-31' }
const broken: Allowed = { ...allowed, broken: 'mailbox not seen under this entry (cfo@x.example)' }

type Step = readonly [finding: Partial<Finding>, allowed?: Allowed]

/** Joins findings one after the other, each told of as it comes. */
function story(steps: readonly Step[], alertFrom?: Severity): Incident {
  let incidents: Incident[] = []
  for (const [finding, allowed] of steps) {
    ;({ incidents } = join(incidents, makeFinding({ start: T, ...finding }), allowed))
    incidents = incidents.map(incident => tell(incident, alertFrom))
  }
  const [incident, ...more] = incidents
  if (incident === undefined || more.length > 0) throw new Error('One incident is expected')
  return incident
}

const alertFor = (incident: Incident, findings: readonly Partial<Finding>[]) =>
  alertOf({
    incident,
    findings: findings.map(one => makeFinding({ start: T, ...one })),
    detections: [probe, { ...probe, id: 'other', title: 'Other thing' }],
  })

describe('an incident less bad than what is posted', () => {
  it('is kept and not told, until it gets worse', () => {
    const low = { severity: 'low' } as const
    expect(story([[low]]).told).toMatchObject({ revision: 0, news: '' })
    expect(story([[low], [{ ...low, key: ['b'], mailboxes: ['b@x.example'] }]]).told.revision).toBe(0)
    const worse = story([[low], [{ key: ['b'], severity: 'medium' }]])
    expect(worse.told).toMatchObject({ revision: 1, news: '', severity: 'medium' })
    expect(worse.findings).toHaveLength(2)
  })

  it.each([
    ['low', [1, 1, 1, 1]],
    ['medium', [0, 1, 1, 1]],
    ['high', [0, 0, 1, 1]],
    ['critical', [0, 0, 0, 1]],
  ] as const)('from %s on it is told', (alertFrom, revisions) => {
    const severities = ['low', 'medium', 'high', 'critical'] as const
    expect(severities.map(severity => story([[{ severity }]], alertFrom).told.revision)).toEqual(revisions)
  })

  it('goes on being told once it was, whatever is posted from then on', () => {
    const incident = story([[{}]])
    const more = join([incident], makeFinding({ key: ['b'], start: T, mailboxes: ['b@x.example'] })).incident
    expect(newsOf(more, 'critical')).toBe('One more mailbox has joined.')
  })
})

describe('an incident all of which is allowed', () => {
  it('is never told, however bad it is and however it grows', () => {
    const steps: Step[] = [
      [{ severity: 'critical' }, allowed],
      [{ severity: 'critical', count: 900, basis: 900 }, allowed],
      [{ key: ['b'], mailboxes: ['b@x.example'] }, allowed],
    ]
    const incident = story(steps)
    expect(incident.told.revision).toBe(0)
    expect(incident.findings.map(finding => finding.allowed?.reason)).toEqual([
      'nightly backup',
      'nightly backup',
    ])
  })

  it('is as bad as its findings are', () => {
    const grown = [{ severity: 'critical', count: 9, basis: 9 }, allowed] as const
    expect(story([[{}, allowed], grown]).severity).toBe('critical')
  })

  it('is told as soon as something joins that is not, and that speaks', () => {
    const other = { key: ['b'], detection: 'other', severity: 'medium', mailboxes: ['b@x.example'] } as const
    const incident = story([[{ severity: 'critical' }, allowed], [other]])
    expect(incident).toMatchObject({
      severity: 'medium',
      mailboxes: ['b@x.example'],
      told: { revision: 1, news: '' },
    })
    const alert = alertFor(incident, [{ severity: 'critical' }, other])
    expect(alert).toMatchObject({ severity: 'medium', kind: 'Other thing', mailboxes: ['b@x.example'] })
    expect(alert.rules.map(({ detection }) => detection)).toEqual(['other', 'probe'])
    expect(alert.sentence).toBe('Probe.')
  })

  it('is not told because something joins that is less bad than what is posted', () => {
    expect(
      story([[{ severity: 'critical' }, allowed], [{ key: ['b'], severity: 'low' }]]).told.revision,
    ).toBe(0)
  })

  it('gives no update to an incident that was told', () => {
    const incident = story([
      [{}],
      [{ key: ['b'], count: 1, mailboxes: ['b@x.example'] }, allowed],
      [{ key: ['b'], count: 90, basis: 90, mailboxes: ['c@x.example'] }, allowed],
    ])
    expect(incident.told.revision).toBe(1)
    expect(incident.mailboxes).toEqual(['ada@birchwood.example'])
  })
})

describe('a finding that goes beyond what is allowed', () => {
  it('is told, with the entry and how it was broken before all else', () => {
    const incident = story([
      [{}, allowed],
      [{ count: 50, basis: 50 }, broken],
    ])
    expect(incident.told).toMatchObject({ revision: 1, news: '', broken: [incident.findings[0]?.id] })
    expect(alertFor(incident, [{ count: 50 }]).sentence).toBe(
      'This goes beyond what is allowed until 2026-12-31 (nightly backup; it): mailbox not seen under this entry (cfo@x.example). Probe.',
    )
  })

  it('is news to an incident that was told, once', () => {
    const steps: Step[] = [[{}], [{ key: ['b'] }, allowed], [{ key: ['b'], count: 6, basis: 6 }, broken]]
    const incident = story(steps)
    expect(incident.told).toMatchObject({ revision: 2, news: 'It goes beyond what is allowed.' })
    const again = story([...steps, [{ key: ['b'], count: 7, basis: 7 }, broken]])
    expect(again.told.revision).toBe(2)
  })

  it('names two entries and counts the others, each in bounded words', () => {
    const long = 'x'.repeat(200)
    const steps = ['e1', 'e2', 'e3', 'e4'].map(
      (entry): Step => [{ key: [entry] }, { ...broken, entry, reason: long, owner: long }],
    )
    const words = brokenWords(story(steps))
    expect(words.match(/This goes beyond/g)).toHaveLength(2)
    expect(words).toMatch(/\. 2 more allow entries are broken as well\. $/)
    expect(words.length).toBeLessThan(700)
    expect(brokenWords(story(steps.slice(0, 3)))).toMatch(/\. 1 more allow entry is broken as well\. $/)
    expect(brokenWords(story(steps.slice(0, 2)))).toMatch(/\(cfo@x\.example\)\. $/)
  })

  it('is told with reason and owner as they are up to 80 characters, and cut beyond', () => {
    const words = (length: number) =>
      brokenWords(story([[{}, { ...broken, reason: 'r'.repeat(length), owner: 'o'.repeat(length) }]]))
    expect(words(80)).toContain(`(${'r'.repeat(80)}; ${'o'.repeat(80)})`)
    expect(words(81)).toContain(`(${'r'.repeat(79)}…; ${'o'.repeat(79)}…)`)
  })
})
