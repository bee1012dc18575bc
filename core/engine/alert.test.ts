import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeFinding } from '../../test/chain/findings.ts'
import { MIDNIGHT, probe } from '../../test/support/histories.ts'
import { HOSTILE_TEXTS } from '../../test/support/hostile.ts'
import { detections } from '../detections/index.ts'
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
    delivered: MIDNIGHT + 9_000,
    blinds,
    ...(application && { application }),
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

  it('says so where no record tells who did it', () => {
    const seen = makeFinding({ actor: 'app:x', actors: [NOBODY_SEEN] })
    expect(factOf(told([seen]), 'Done by')).toBe('no record tells')
  })

  it('names six of many and counts the rest', () => {
    const mailboxes = Array.from({ length: 14 }, (_, n) => `m${n + 10}@x.example`)
    expect(factOf(told([makeFinding({ mailboxes })]), 'Mailboxes')).toMatch(/m15@x\.example \+ 8 more$/)
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
      delivered: undefined,
    })
    expect(update).toMatchObject({ revision: 2, change: 'It is now high; before, it was medium.' })
    expect(update.clock.delivered).toBeUndefined()
  })

  it('keeps to seven facts, four steps and 60 characters of headline, whatever is in the records', () => {
    const hostile = fc.constantFrom(...HOSTILE_TEXTS, 'x'.repeat(300), `${'x'.repeat(59)}😀`)
    const texts = fc.array(hostile, { maxLength: 12 })
    const finding = fc
      .record({
        detection: fc.constantFrom(...detections.map(({ id }) => id)),
        mailboxes: texts,
        addresses: texts,
      })
      .chain(base =>
        fc
          .record({ clients: texts, sessions: texts, notes: texts, actor: hostile })
          .map(more => makeFinding({ ...base, ...more, key: [more.actor, more.actor, more.actor] })),
      )
    fc.assert(
      fc.property(fc.array(finding, { minLength: 1, maxLength: 4 }), findings => {
        const same = findings.map(one => ({ ...one, actor: 'ada@birchwood.example' }))
        const alert = told(same, detections, [EVERYTHING])
        expect(alert.facts.length).toBeLessThanOrEqual(7)
        expect(alert.steps.length).toBeLessThanOrEqual(4)
        expect(alert.headline.length).toBeLessThanOrEqual(60)
        expect(alert.headline).toBe(alert.headline.toWellFormed())
        expect(alert.links.every(({ url }) => url.startsWith('https://'))).toBe(true)
      }),
      { numRuns: 200, seed: 1 },
    )
  })

  it('is not made of an incident whose findings are all unknown', () => {
    const { incident } = join([], makeFinding({ detection: 'gone' }))
    const input = { incident, findings: [], detections: [probe], delivered: undefined }
    expect(() => alertOf(input)).toThrow('has no known finding')
  })
})
