import { defineCases } from '../../test/support/cases.ts'
import { ADMIN, cmdlet, provisioning, SERVICE_HOST } from '../../test/support/record-cmdlets.ts'
import { at, guid, person, type RawRecord } from '../../test/support/records.ts'
import { TENANT_KEY } from '../model/detection.ts'

const config = (parameters: RawRecord, change: RawRecord = {}, operation = 'Set-OrganizationConfig') =>
  cmdlet(operation, parameters, { change })
const set = (AuditDisabled: string, clock = '09:20', day = 0, by = ADMIN) =>
  cmdlet('Set-OrganizationConfig', { AuditDisabled }, { at: at(clock, day), by })

const critical = { term: 'off', severity: 'critical', count: 1, key: [ADMIN], actor: ADMIN } as const

const again = {
  term: 'off-and-on',
  severity: 'critical',
  count: 1,
  key: [TENANT_KEY],
  actor: ADMIN,
  recordCount: 2,
} as const

export const cases = defineCases('mailbox-audit-off', {
  fires: {
    'auditing of all mailboxes is switched off': { records: [set('True')], expect: critical },
    'off and on again': { records: [set('True'), set('False', '09:40')], expect: again },
    'off and on again over midnight': {
      records: [set('True', '23:59'), set('False', '00:01', 1)],
      expect: again,
    },
    'off, and on again by somebody else': {
      records: [set('True'), set('False', '09:40', 0, person('carla'))],
      expect: again,
    },
    'off, and on again within a week to the second': {
      records: [set('True'), set('False', '09:19:59', 7)],
      expect: again,
    },
    'off, and on again a week later: only that it was off': {
      records: [set('True'), set('False', '09:20', 7)],
      expect: { ...critical, recordCount: 1 },
    },
    'on, then off: no gap, it is off': {
      records: [set('False'), set('True', '09:40')],
      expect: { ...critical, recordCount: 1 },
    },
    'among other settings': {
      records: [
        config({
          OAuth2ClientProfileEnabled: 'True',
          AuditDisabled: 'True',
          MailTipsAllTipsEnabled: 'False',
        }),
      ],
      expect: critical,
    },
    'a variant of name, value and operation': {
      records: [config({ AUDITDISABLED: '$true' }, {}, 'set–organizationconfig.')],
      expect: critical,
    },
    'a variant of the value: 1': { records: [set('1')], expect: critical },
    'by a partner technician': {
      records: [
        config(
          { AuditDisabled: 'True' },
          { UserType: 9, UserId: `tenant: ${guid('partner')}, object: ${guid('technician')}` },
        ),
      ],
      expect: { term: 'off' },
    },
    'by an application': {
      records: [
        config(
          { AuditDisabled: 'True' },
          { UserType: 5, UserId: guid('setup tool'), ClientAppId: guid('setup tool') },
        ),
      ],
      expect: { term: 'off', actor: `app:${guid('setup tool')}` },
    },
    'by an account named like Microsoft’s own': {
      records: [config({ AuditDisabled: 'True' }, { UserId: SERVICE_HOST, UserType: 0 })],
      expect: { term: 'off' },
    },
    'late or duplicate content: the same record twice': {
      records: [set('True'), set('True')],
      expect: { ...critical, recordCount: 1 },
    },
  },
  quiet: {
    'auditing is switched on': [set('False')],
    'other settings of the organisation': [config({ OAuth2ClientProfileEnabled: 'True' })],
    'an empty value': [set('')],
    'a cmdlet that failed': [config({ AuditDisabled: 'True' }, { ResultStatus: 'False' })],
    'Microsoft’s own machinery': [provisioning('Set-OrganizationConfig', { AuditDisabled: 'True' })],
    'another operation: Get-OrganizationConfig': [
      config({ AuditDisabled: 'True' }, {}, 'Get-OrganizationConfig'),
    ],
  },
})
