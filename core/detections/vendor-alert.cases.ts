import { defineCases } from '../../test/support/cases.ts'
import { alertEntity, alertTriggered } from '../../test/support/record-compliance.ts'
import { guid, person } from '../../test/support/records.ts'

const anna = person('anna')
const CREATION = 'Creation of forwarding/redirect rule'
const FORWARDING = 'New mail forwarding rule'
const SUSPICIOUS = 'Suspicious email forwarding activity'
const EXPORT = 'eDiscovery search started or exported'
const APP = 'App with EWS application permissions accessing numerous emails'

const about = { f3u: anna, op: 'New-InboxRule', wl: 'Exchange' }
const medium = {
  term: 'medium',
  severity: 'medium',
  count: 1,
  key: [FORWARDING, guid(FORWARDING)],
  actor: anna,
  mailboxes: [anna],
} as const
const high = { ...medium, term: 'high', severity: 'high' } as const

export const cases = defineCases('vendor-alert', {
  fires: {
    'a forwarding rule, informational to Microsoft': {
      records: [alertTriggered(FORWARDING, about, { Severity: 'Informational' })],
      expect: medium,
    },
    'a forwarding rule, grave to Microsoft': {
      records: [alertTriggered(FORWARDING, about, { Severity: 'High' })],
      expect: high,
    },
    'Microsoft’s alert for any rule that forwards': {
      records: [alertTriggered(CREATION, about, { Severity: 'Informational' })],
      expect: { ...medium, term: 'low', severity: 'low', key: [CREATION, guid(CREATION)] },
    },
    'the same, held for more by Microsoft': {
      records: [alertTriggered(CREATION, about, { Severity: 'Medium' })],
      expect: { term: 'medium', severity: 'medium', actor: anna },
    },
    'an export, informational to Microsoft': {
      records: [alertTriggered(EXPORT, { f3u: anna, op: 'SearchExported' }, { Severity: 'Informational' })],
      expect: { term: 'medium', severity: 'medium', mailboxes: [anna] },
    },
    'mail that is being forwarded': {
      records: [alertTriggered(SUSPICIOUS, { f3u: anna })],
      expect: { term: 'high', severity: 'high' },
    },
    'rights over Exchange that rise': {
      records: [alertTriggered('Elevation of Exchange admin privilege', { f3u: anna })],
      expect: { term: 'medium', severity: 'medium' },
    },
    'an application that reads a lot of mail': {
      records: [alertTriggered(APP, {}, { Severity: 'Medium', Source: 'Cloud App Security' })],
      expect: { term: 'high', severity: 'high', mailboxes: [] },
    },
    'the alert and its entity are one finding': {
      records: [alertTriggered(FORWARDING, about), alertEntity(FORWARDING, anna)],
      expect: { ...medium, recordCount: 2 },
    },
    'the alert names nobody, its entity does': {
      records: [alertTriggered(FORWARDING), alertEntity(FORWARDING, anna)],
      expect: { ...medium, recordCount: 2 },
    },
    'the entity alone': { records: [alertEntity(FORWARDING, anna)], expect: medium },
    'two alerts of one name are two findings': {
      records: [
        alertTriggered(FORWARDING, about),
        alertTriggered(FORWARDING, { f3u: person('bruno') }, { AlertId: guid('another') }),
      ],
      expect: { term: 'medium', key: [FORWARDING, guid('another')], mailboxes: [person('bruno')] },
    },
    'two people of one alert': {
      records: [
        alertTriggered(FORWARDING),
        alertEntity(FORWARDING, anna),
        alertEntity(FORWARDING, person('bruno')),
      ],
      expect: { ...medium, mailboxes: [anna, person('bruno')], recordCount: 3 },
    },
    'the name only inside the data': {
      records: [alertTriggered(FORWARDING, about, { Name: undefined })],
      expect: medium,
    },
    'a variant of name and operation': {
      records: [alertTriggered(FORWARDING.toUpperCase(), about, { Operation: 'alerttriggered' })],
      expect: { term: 'medium', key: [FORWARDING.toUpperCase(), guid(FORWARDING.toUpperCase())] },
    },
    'data that cannot be read': {
      records: [alertTriggered(FORWARDING, {}, { Data: '{"f3u":"anna' })],
      expect: { ...medium, mailboxes: [], actor: 'securitycompliancealerts' },
    },
    'a very long name': {
      records: [alertTriggered(`Mail forwarding rule ${'of the managing partners '.repeat(8)}`, about)],
      expect: { term: 'medium' },
    },
    'the same alert told again the next day': {
      records: [
        alertTriggered(FORWARDING, about),
        alertTriggered(FORWARDING, about, { CreationTime: '2026-11-19T08:00:00' }),
      ],
      expect: { ...medium, recordCount: 1 },
    },
    'without an id': {
      records: [alertTriggered(FORWARDING, about, { AlertId: undefined })],
      expect: { ...medium, key: [FORWARDING, anna] },
    },
  },
  quiet: {
    'alerts about other things': [
      'Email reported by user as malware or phish',
      'Messages have been delayed',
      'User restricted from sending email',
      'Unusual volume of file deletion',
      'Phish delivered due to an IP allow policy',
    ].map(name => alertTriggered(name, { f3u: anna }, { Severity: 'High' })),
    'the status of an alert changes': [
      alertTriggered(FORWARDING, about, { Operation: 'AlertUpdated', Status: 'Resolved' }),
    ],
    'an alert without a name': [alertTriggered('', { an: undefined, f3u: anna })],
    'the words in the data only': [alertTriggered('Custom policy 7', { ad: 'forwarding rule', f3u: anna })],
  },
})
