import { describe, expect, it } from 'vitest'
import { vendorAlert } from './vendor-alerts.ts'

const anna = 'anna@birchwood.example'
const severityOf = (Name: string, Severity = 'Low') => vendorAlert({ Name, Severity })?.severity

describe('an alert of Microsoft’s own', () => {
  it.each([
    ['Creation of forwarding/redirect rule', 'low'],
    ['Copy of: Creation of forwarding/redirect rule', 'medium'],
    ['eDiscovery search started or exported', 'medium'],
    ['Elevation of Exchange admin privilege', 'medium'],
    ['Suspicious email forwarding activity', 'high'],
    ['Suspicious inbox forwarding', 'high'],
    ['Suspicious inbox manipulation rules', 'high'],
    ['Suspicious connector activity', 'high'],
    ['Suspicious  email transport rule detected', 'high'],
    ['App made unusual email search activities', 'high'],
    ['App with EWS application permissions accessing numerous emails', 'high'],
    ['New app with mail permissions having low consent pattern', 'medium'],
    ['Copy of: mail redirected by a rule', 'medium'],
  ])('%s is %s', (name, severity) => {
    expect(severityOf(name)).toBe(severity)
    expect(severityOf(name.toUpperCase())).toBe(severity)
  })

  it.each([
    'Email reported by user as malware or phish',
    'Messages have been delayed',
    'User restricted from sending email',
    'Unusual volume of file deletion',
    'Impossible travel',
    'Malware campaign detected after delivery',
    'Phish delivered due to an override',
    'Administrative action submitted by an administrator',
    '',
  ])('%s is none of ours', name => {
    expect(severityOf(name)).toBeUndefined()
  })

  it('is never made less than Microsoft says', () => {
    expect(severityOf('Creation of forwarding/redirect rule', 'High')).toBe('high')
    expect(severityOf('Creation of forwarding/redirect rule', 'Medium')).toBe('medium')
    expect(severityOf('Suspicious email forwarding activity', 'Informational')).toBe('high')
    expect(vendorAlert({ Data: JSON.stringify({ an: 'New forwarding rule', sev: 'High' }) })).toMatchObject({
      name: 'New forwarding rule',
      severity: 'high',
    })
  })

  it.each([
    ['the data', { Data: JSON.stringify({ f3u: 'Anna@birchwood.example', op: 'New-InboxRule' }) }],
    ['the data as an object', { Data: { f3u: anna } }],
    ['the entity', { AlertEntityId: anna, Data: '{}' }],
    ['the entity in the data', { AlertEntityId: 'malware/x', Data: JSON.stringify({ eid: anna }) }],
    ['the acting user', { Data: JSON.stringify({ suid: anna, f3u: '' }) }],
  ])('is about whom %s names', (_, fields) => {
    expect(vendorAlert({ Name: 'Mail forwarding rule', ...fields })?.user).toBe(anna)
  })

  it('is about nobody where nothing can be read', () => {
    for (const Data of ['', '{"f3u":', 'text', '[]', 7, undefined])
      expect(
        vendorAlert({ Name: 'Mail forwarding rule', Data, AlertEntityId: 'S-1-5-18' })?.user,
      ).toBeUndefined()
  })
})
