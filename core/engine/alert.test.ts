import { describe, expect, it } from 'vitest'
import { makeFinding } from '../../test/chain/findings.ts'
import { MIDNIGHT, probe } from '../../test/support/histories.ts'
import type { Alert } from '../model/alert.ts'
import type { Blind, Detection, TenantFacts } from '../model/detection.ts'
import type { Finding } from '../model/finding.ts'
import type { Incident } from '../model/incident.ts'
import { NOBODY_SEEN } from '../model/observation.ts'
import { alertOf } from './alert.ts'
import { join, tell } from './incidents.ts'

const other: Detection = { ...probe, id: 'other', title: 'Other thing', attack: ['T1114.003'] }

function told(
  findings: readonly Finding[],
  known: readonly Detection[] = [probe, other],
  blinds: readonly Blind[] = [],
  application?: TenantFacts['application'],
): Alert {
  let incidents: Incident[] = []
  for (const finding of findings) ({ incidents } = join(incidents, finding))
  const [incident] = incidents
  if (incident === undefined) throw new Error('No finding')
  return alertOf({
    incident: tell(incident),
    findings,
    detections: known,
    available: { delivered: MIDNIGHT + 9_000 },
    blinds,
    ...(application && { known: { application, person: () => undefined } }),
  })
}

const EVERYTHING: Blind = { whose: 'tenant', from: MIDNIGHT, what: 'everything' }

const factOf = (alert: Alert, name: string) => alert.facts.find(fact => fact.name === name)?.value

describe('an alert', () => {
  it('is the same for the same incident', () => {
    expect(told([makeFinding()])).toEqual(told([makeFinding()]))
    expect(told([makeFinding()])).toMatchObject({
      revision: 1,
      kind: 'Probe',
      actor: 'ada@birchwood.example',
    })
  })

  it('has an id of letters, digits and dashes that holds its revision', () => {
    const { id, incident, revision } = told([makeFinding()])
    expect(id).toBe(`${incident}-${revision}`)
    expect(id).toMatch(/^[A-Za-z0-9-]+$/)
  })

  it('is spoken by the worst finding, then by the order of detections, then by the largest', () => {
    const low = makeFinding({ detection: 'other', severity: 'low', count: 99 })
    const high = makeFinding({ detection: 'other', severity: 'high', key: ['k'] })
    const medium = makeFinding({ severity: 'medium', key: ['l'] })
    const large = makeFinding({ severity: 'medium', key: ['m'], count: 7 })
    expect(told([low, medium, high]).kind).toBe('Other thing')
    expect(told([low, medium]).kind).toBe('Probe')
    const { rules } = told([low, medium, large, high])
    expect(rules.map(({ finding }) => finding)).toEqual([high.id, large.id, medium.id, low.id])
    expect(rules.map(({ attack }) => attack[0])).toEqual(['T1114.003', 'T1114', 'T1114', 'T1114.003'])
  })

  it('is spoken, of findings equally bad and large, by the one that knows what came last', () => {
    const off = makeFinding({ key: ['off'], end: MIDNIGHT + 3_700 })
    const on = makeFinding({ key: ['off and on'], end: MIDNIGHT + 3_800 })
    for (const findings of [
      [off, on],
      [on, off],
    ])
      expect(told(findings).rules.map(({ finding }) => finding)).toEqual([on.id, off.id])
  })

  it('names what is not on record, instead of how many sessions there were', () => {
    const elsewhere: Blind = { whose: ['nobody@birchwood.example'], from: MIDNIGHT, what: 'reads' }
    const without = told([makeFinding()], undefined, [elsewhere])
    expect([factOf(without, 'Not on record'), factOf(without, 'Sessions')]).toEqual([undefined, 'one'])
    const alert = told([makeFinding()], undefined, [elsewhere, EVERYTHING])
    expect(factOf(alert, 'Not on record')).toBe('everything since 2026-11-20 00:00 UTC')
    expect(factOf(alert, 'Sessions')).toBeUndefined()
  })

  it('names mailboxes, doer, client, addresses, sessions, other kinds and records, in this order', () => {
    const findings = [
      makeFinding({ severity: 'high', mailboxes: ['ben@birchwood.example'] }),
      makeFinding({ detection: 'other', addresses: ['192.0.2.8', '192.0.2.7'] }),
    ]
    const alert = told(findings)
    expect(alert.facts.map(({ name }) => name)).toEqual([
      'Mailboxes',
      'Done by',
      'Client',
      'From',
      'Sessions',
      'Also',
      'Records',
    ])
    expect(factOf(alert, 'Mailboxes')).toBe('ada@birchwood.example, ben@birchwood.example')
    expect(factOf(alert, 'From')).toBe('192.0.2.7, 192.0.2.8')
    expect(factOf(alert, 'Also')).toBe('Other thing')
    expect(factOf(alert, 'Records')).toMatch(/^5, the first is 00000000-/)
  })

  it('has links to the audit log and to the mailboxes', () => {
    expect(told([makeFinding()]).links).toEqual([
      { title: 'Search the audit log', url: 'https://purview.microsoft.com/audit/auditsearch' },
      { title: 'Mailboxes', url: 'https://admin.exchange.microsoft.com/#/mailboxes' },
    ])
  })

  it('says when it happened and when Microsoft told of it', () => {
    const clock = { start: MIDNIGHT + 3_600, end: MIDNIGHT + 3_660, delivered: MIDNIGHT + 9_000 }
    expect(told([makeFinding()]).clock).toEqual(clock)
  })

  it('draws the records over time, where there is more than one stretch of it', () => {
    const from = MIDNIGHT + 3_600
    const drawn = told([makeFinding({ timeline: { from, step: 1_200, bars: [3, 2] } })])
    expect(drawn.timeline).toEqual({ title: 'Records per 20 minutes', from, step: 1_200, bars: [3, 2] })
    expect(told([makeFinding()])).not.toHaveProperty('timeline')
  })

  it('says of every finding how far it went and what its limit was', () => {
    const findings = [makeFinding({ severity: 'high', withinMinutes: 60 }), makeFinding({ key: ['k'] })]
    const rule = { detection: 'probe', count: 5, limit: 1, attack: ['T1114'] }
    expect(told(findings).rules).toEqual([
      { ...rule, finding: findings[0]?.id, severity: 'high', withinMinutes: 60 },
      { ...rule, finding: findings[1]?.id, severity: 'medium' },
    ])
  })

  it('has at most four steps and 60 characters of headline, with no half of a character at the end', () => {
    const long = {
      ...probe,
      headline: () => `${'x'.repeat(59)}😀 and more`,
      triage: ['one', 'two', 'three', 'four', 'five'],
    }
    const { headline, steps } = told([makeFinding()], [long])
    expect(headline).toBe(`${'x'.repeat(59)}\ufffd`)
    expect(steps).toEqual(['one', 'two', 'three', 'four'])
  })

  it('is spoken by a finding whose detection is here, however bad the others are', () => {
    const gone = makeFinding({ detection: 'gone', severity: 'high' })
    for (const findings of [
      [gone, makeFinding()],
      [makeFinding({ severity: 'high' }), { ...gone, count: 99 }],
    ]) {
      const alert = told(findings)
      expect(alert).toMatchObject({ kind: 'Probe', severity: 'high' })
      expect(factOf(alert, 'Also')).toBe('gone')
      expect(alert.rules.find(({ detection }) => detection === 'gone')?.attack).toEqual([])
    }
  })

  it('names no other kind where all findings are of one', () => {
    expect(factOf(told([makeFinding(), makeFinding({ key: ['k'] })]), 'Also')).toBeUndefined()
  })

  it('leaves out facts that nothing is known about', () => {
    const bare = makeFinding({ mailboxes: [], clients: [], addresses: [], sessions: [] })
    expect(told([bare]).facts.map(({ name }) => name)).toEqual(['Done by', 'Records'])
  })

  it('names applications that are known, where it tells who did it', () => {
    const appId = 'e0a61979-b789-482b-a488-f8bdba562633'
    const crm = { appId, objectId: appId, name: 'CRM', publisher: 'verified', rights: [] } as const
    const known = (id: string) => (id === appId ? crm : undefined)
    const alert = told([makeFinding({ actor: `app:${appId}` })], undefined, [], known)
    expect(factOf(alert, 'Done by')).toBe(
      `application "CRM" (${appId}, publisher verified), with no user present`,
    )
  })

  it('says so where no record tells who did it, and nothing where it is nobody’s deed', () => {
    const seen = makeFinding({ actor: 'app:x', actors: [NOBODY_SEEN] })
    expect(factOf(told([seen]), 'Done by')).toBe('no record tells')
    expect(factOf(told([{ ...seen, actor: NOBODY_SEEN }]), 'Done by')).toBeUndefined()
    for (const actors of [['x'], ['x', NOBODY_SEEN]]) {
      const known = makeFinding({ actor: 'app:x', key: ['k'], actors })
      expect(factOf(told([seen, known]), 'Done by')).toBe('application x, with no user present')
    }
  })

  it.each([
    ['ada@birchwood.example', ['ada@birchwood.example'], 'ada@birchwood.example, the owner’s own account'],
    ['ada@birchwood.example', ['ben@birchwood.example'], 'ada@birchwood.example'],
    ['ada@birchwood.example', ['ada@birchwood.example', 'b@x.example'], 'ada@birchwood.example'],
    ['ada@birchwood.example', [], 'ada@birchwood.example'],
    [
      'e0a61979-b789-482b-a488-f8bdba562633',
      [],
      'user with the object id e0a61979-b789-482b-a488-f8bdba562633',
    ],
  ])('of %s in the mailboxes %j says who it was', (actor, mailboxes, who) => {
    const alert = told([makeFinding({ actor, mailboxes })])
    expect(factOf(alert, 'Done by')).toBe(who)
    expect(factOf(alert, 'Mailbox')).toBe(mailboxes.length === 1 ? mailboxes[0] : undefined)
  })

  it('puts names of applications to who did it and to nothing else', () => {
    const appId = 'e0a61979-b789-482b-a488-f8bdba562633'
    const crm = { appId, objectId: appId, name: 'CRM', publisher: 'verified', rights: [] } as const
    const clients = [`application ${appId}`]
    expect(
      factOf(
        told([makeFinding({ clients })], undefined, [], () => crm),
        'Client',
      ),
    ).toBe(clients[0])
  })

  it('counts its records and sessions, and names the first record', () => {
    const factsOf = (more: Partial<Finding>) => {
      const alert = told([makeFinding(more)])
      return [factOf(alert, 'Records'), factOf(alert, 'Sessions')]
    }
    expect(factsOf({ recordCount: 1, records: ['r1'] })).toEqual(['r1', 'one'])
    expect(factsOf({ recordCount: 1_234, records: ['r1'], sessions: ['a', 'b', 'c'] })).toEqual([
      '1,234, the first is r1',
      '3',
    ])
    expect(factsOf({ recordCount: 1, records: [] })).toEqual(['unnamed', 'one'])
  })

  it('names six of many and counts the rest', () => {
    const mailboxes = Array.from({ length: 14 }, (_, n) => `m${n + 10}@x.example`)
    expect(factOf(told([makeFinding({ mailboxes })]), 'Mailboxes')).toMatch(/m15@x\.example \+ 8 more$/)
    const six = mailboxes.slice(0, 6)
    expect(factOf(told([makeFinding({ mailboxes: six })]), 'Mailboxes')).toBe(six.join(', '))
  })

  it('says what changed only in an update', () => {
    const finding = makeFinding()
    expect(told([finding]).change).toBeUndefined()
    const [incident] = join(
      [tell(join([], finding).incident)],
      makeFinding({ basis: 6, severity: 'high' }),
    ).incidents
    if (incident === undefined) throw new Error('No incident')
    const update = alertOf({
      incident: tell(incident),
      findings: [finding],
      detections: [probe],
    })
    expect(update).toMatchObject({ revision: 2, change: 'It is now high; before, it was medium.' })
    expect(update.clock).not.toHaveProperty('delivered')
  })

  it('is not made of an incident whose findings are all unknown', () => {
    const { incident } = join([], makeFinding({ detection: 'gone' }))
    const input = { incident, findings: [], detections: [probe] }
    expect(() => alertOf(input)).toThrow('has no known finding')
  })
})
