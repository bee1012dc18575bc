import { describe, expect, it } from 'vitest'
import { auditPlanDisabled, auditPlanEnabled } from './licences.ts'

const PLAN = '2f442157-a11c-46b9-ae5b-6e39ff4e5849'
const licence = (disabled: string) =>
  `[\r\n  "[SkuName=SPE_E5, AccountId=birchwood, SkuId=06ebc4ee-1bb5-47dd-8120-11324bc54e06, DisabledPlans=[${disabled}]]"\r\n]`
const changed = (OldValue: unknown, NewValue: unknown, Name = 'AssignedLicense') =>
  auditPlanDisabled({ ModifiedProperties: [{ Name, NewValue, OldValue }] })

/** `additionalDetails` as `Change user license` has it: text in JSON in JSON in JSON, and only a piece of it. */
const piece = (b: string) =>
  auditPlanDisabled({
    ModifiedProperties: [],
    ExtendedProperties: [
      { Name: 'additionalDetails', Value: JSON.stringify({ id: 'x', seq: '6', b, c: '6' }) },
    ],
  })
const escaped = (property: unknown) => JSON.stringify(JSON.stringify(JSON.stringify(property)))

describe('advanced auditing of a user', () => {
  it.each([
    ['by name', licence(''), licence('M365_ADVANCED_AUDITING')],
    ['by id', licence('BPOS_S_TODO_3'), licence(`BPOS_S_TODO_3, ${PLAN.toUpperCase()}`)],
    ['in a licence given just now', '[]', licence('M365_ADVANCED_AUDITING')],
    ['with no old value', '', licence('M365_ADVANCED_AUDITING')],
  ])('is switched off %s', (_, before, after) => {
    expect(changed(before, after)).toBe(true)
    expect(piece(escaped([{ Name: 'AssignedLicense', OldValue: before, NewValue: after }]))).toBe(true)
  })

  it.each([
    [
      'was off before',
      licence('M365_ADVANCED_AUDITING'),
      licence('M365_ADVANCED_AUDITING, EXCHANGE_S_STANDARD'),
    ],
    ['is switched on', licence(PLAN), licence('')],
    ['is lost with the licence', licence(''), '[]'],
    ['stays when another plan goes', licence(''), licence('YAMMER_ENTERPRISE')],
    ['is not a licence by that name', licence(''), `${licence('')}M365_ADVANCED_AUDITING`],
  ])('%s', (_, before, after) => {
    expect(changed(before, after)).toBe(false)
    expect(piece(escaped([{ Name: 'AssignedLicense', OldValue: before, NewValue: after }]))).toBe(false)
  })

  it.each([
    ['once its plan is no longer among those switched off', licence(PLAN), licence(''), true],
    ['while another plan is switched off', licence(PLAN), licence('YAMMER_ENTERPRISE'), true],
    ['by no licence at all', licence(PLAN), '[]', false],
    ['by a licence given just now', '[]', licence(''), false],
    ['where it was on before', licence('YAMMER_ENTERPRISE'), licence(''), false],
    ['where it is switched off', licence(''), licence(PLAN), false],
  ])('is switched on %s', (_, OldValue, NewValue, on) => {
    const property = { Name: 'AssignedLicense', OldValue, NewValue }
    expect(auditPlanEnabled({ ModifiedProperties: [property] })).toBe(on)
    const b = escaped([property])
    const details = [{ Name: 'additionalDetails', Value: JSON.stringify({ b }) }]
    expect(auditPlanEnabled({ ExtendedProperties: details })).toBe(on)
  })

  it('is told from the details of an assignment, and from no other property', () => {
    const detail = (plans: string[]) => JSON.stringify([{ SkuId: 'x', DisabledPlans: plans }])
    expect(changed(detail([]), detail([PLAN]), 'LicenseAssignmentDetail')).toBe(true)
    expect(changed(detail([PLAN]), detail([PLAN]), 'LicenseAssignmentDetail')).toBe(false)
    expect(changed(detail([]), detail([PLAN]), 'Included Updated Properties')).toBe(false)
  })

  it('is told from the one property that changes among several, and from a piece that begins in the middle', () => {
    const other = { Name: 'SPN', OldValue: null, NewValue: 'https://admin.example' }
    const own = { Name: 'AssignedLicense', OldValue: licence(''), NewValue: licence(PLAN) }
    expect(piece(escaped([other, own, other]))).toBe(true)
    const text = escaped([other, own, other])
    expect(piece(text.slice(text.indexOf('NewValue', text.indexOf('AssignedLicense'))))).toBe(true)
    expect(piece('DisabledPlans=[')).toBe(false)
    expect(piece('')).toBe(false)
  })
})
