import { defineCases } from '../../test/support/cases.ts'
import {
  ADMIN,
  cmdlet,
  complianceCmdlet,
  provisioning,
  SERVICE_HOST,
} from '../../test/support/record-cmdlets.ts'
import { at, guid, person, type RawRecord } from '../../test/support/records.ts'
import { TENANT_KEY } from '../model/detection.ts'

const UAL = 'UnifiedAuditLogIngestionEnabled'
const config = (parameters: RawRecord, change: RawRecord = {}, operation = 'Set-AdminAuditLogConfig') =>
  cmdlet(operation, parameters, { change })
const off = (clock: string, day = 0, value = 'False') =>
  cmdlet('Set-AdminAuditLogConfig', { [UAL]: value }, { at: at(clock, day) })
const on = (clock: string, day = 0, by = ADMIN) =>
  cmdlet('Set-AdminAuditLogConfig', { [UAL]: 'True' }, { at: at(clock, day), by })

const critical = { term: 'off', severity: 'critical', count: 1, key: [ADMIN, UAL], actor: ADMIN } as const
const again = {
  term: 'off-and-on',
  severity: 'critical',
  count: 1,
  key: [TENANT_KEY, UAL],
  actor: ADMIN,
} as const
const carla = person('carla')
const narrowed = (parameter: string) =>
  ({ term: 'narrowed', severity: 'high', count: 1, key: [ADMIN, parameter] }) as const

/** Ways to write the same cmdlet. */
const SPELLINGS = {
  'in small letters': 'set-adminauditlogconfig',
  'with an en dash': 'Set–AdminAuditLogConfig',
  'with a full stop': 'Set-AdminAuditLogConfig.',
  'with a no-break blank': 'Set-AdminAuditLogConfig\u00a0',
}

export const cases = defineCases('audit-off', {
  fires: {
    'the audit log of the tenant is switched off': { records: [off('09:20')], expect: critical },
    'the log of administrators is switched off': {
      records: [config({ AdminAuditLogEnabled: 'False' })],
      expect: { ...critical, key: [ADMIN, 'AdminAuditLogEnabled'] },
    },
    'off and on again': { records: [off('09:20'), on('09:50')], expect: { ...again, recordCount: 2 } },
    'off and on again: that it was off is told by itself': {
      records: [off('09:20'), on('09:50')],
      expect: { ...critical, recordCount: 1 },
    },
    'off and on again in the same second': { records: [off('09:20'), on('09:20')], expect: again },
    'off and on again over midnight': {
      records: [off('23:50'), on('00:10', 1)],
      expect: { ...again, recordCount: 2 },
    },
    'off, and on again within a week to the second': {
      records: [off('09:20'), on('09:19:59', 7)],
      expect: again,
    },
    'off, and on again a week later: only that it was off': {
      records: [off('09:20'), on('09:20', 7)],
      expect: { ...critical, recordCount: 1 },
    },
    'off, and on again by somebody else': {
      records: [off('09:20'), on('09:50', 0, carla)],
      expect: { ...again, recordCount: 2 },
    },
    'off, and on again twice by somebody with more records': {
      records: [off('09:20'), on('09:50', 0, carla), on('09:51', 0, carla)],
      expect: { ...again, count: 2 },
    },
    'off, on and off again: it is told to be off': {
      records: [off('09:20'), on('09:50'), off('10:00')],
      expect: { ...critical, count: 2, recordCount: 2 },
    },
    'on, then off: no gap, it is off': {
      records: [on('09:20'), off('09:50')],
      expect: { ...critical, recordCount: 1 },
    },
    'the switch at any place in the list': {
      records: [
        config({ DomainController: '', Force: 'True', Identity: 'x', [UAL]: 'False', Confirm: 'False' }),
      ],
      expect: critical,
    },
    'the switch first in the list': {
      records: [config({ [UAL]: 'False', DomainController: '', Identity: 'x' })],
      expect: critical,
    },
    'the parameters as one command line': {
      records: [complianceCmdlet('Set-AdminAuditLogConfig', `-Identity "x" -${UAL} $false`)],
      expect: critical,
    },
    'a variant of name and value': {
      records: [config({ unifiedauditlogingestionENABLED: ' FALSE ' })],
      expect: critical,
    },
    'a variant of the value: 0': { records: [off('09:20', 0, '0')], expect: critical },
    ...Object.fromEntries(
      Object.entries(SPELLINGS).map(([how, operation]) => [
        `a variant of the operation: ${how}`,
        { records: [config({ [UAL]: 'False' }, {}, operation)], expect: critical },
      ]),
    ),
    'by a partner technician': {
      records: [
        config(
          { [UAL]: 'False' },
          { UserType: 9, UserId: `tenant: ${guid('partner')}, object: ${guid('technician')}` },
        ),
      ],
      expect: { term: 'off' },
    },
    'by an account named like Microsoft’s own': {
      records: [config({ [UAL]: 'False' }, { UserId: SERVICE_HOST, UserType: 2 })],
      expect: { term: 'off' },
    },
    'by somebody at Microsoft with a name of his own': {
      records: [config({ [UAL]: 'False' }, { UserId: 'Administrator@prod.outlook.example', UserType: 3 })],
      expect: { term: 'off' },
    },
    'cmdlets are taken out of the log': {
      records: [config({ AdminAuditLogExcludedCmdlets: 'New-InboxRule;Set-Mailbox' })],
      expect: narrowed('AdminAuditLogExcludedCmdlets'),
    },
    'only some cmdlets are logged': {
      records: [config({ AdminAuditLogCmdlets: 'Get-Mailbox' })],
      expect: narrowed('AdminAuditLogCmdlets'),
    },
    'no cmdlets are logged': {
      records: [config({ AdminAuditLogCmdlets: '' })],
      expect: narrowed('AdminAuditLogCmdlets'),
    },
    'the log is kept for a week': {
      records: [config({ AdminAuditLogAgeLimit: '7.00:00:00' })],
      expect: narrowed('AdminAuditLogAgeLimit'),
    },
    'the log is kept for no time': {
      records: [config({ AdminAuditLogAgeLimit: '00:00:00' })],
      expect: narrowed('AdminAuditLogAgeLimit'),
    },
    'late or duplicate content: the same record twice': {
      records: [off('09:20'), off('09:20')],
      expect: { ...critical, recordCount: 1 },
    },
  },
  quiet: {
    'the audit log is switched on': [on('09:20')],
    'the audit log is switched on twice': [on('09:20'), on('09:20', 1, carla)],
    'Microsoft provisions a tenant': [
      provisioning('Set-AdminAuditLogConfig', {
        DomainController: '',
        IgnoreDehydratedFlag: 'True',
        Identity: 'srv.example/Hosted/birchwood.onmicrosoft.example',
        AdminAuditLogEnabled: 'True',
      }),
    ],
    'Microsoft’s own machinery switches a log off': [
      provisioning('Set-AdminAuditLogConfig', { AdminAuditLogEnabled: 'False' }),
    ],
    'a cmdlet that failed': [config({ [UAL]: 'False' }, { ResultStatus: 'False' })],
    'a value that is neither true nor false': [config({ [UAL]: '' })],
    'the word as the value of something else': [config({ Name: UAL, Confirm: 'False' })],
    'every cmdlet is logged': [config({ AdminAuditLogCmdlets: '*', AdminAuditLogParameters: '*' })],
    'a cmdlet is added to the log': [config({ AdminAuditLogCmdlets: '+New-InboxRule' })],
    'exclusions are emptied': [config({ AdminAuditLogExcludedCmdlets: '' })],
    'the log is kept longer': [config({ AdminAuditLogAgeLimit: '180.00:00:00' })],
    'another operation: Get-AdminAuditLogConfig': [config({ [UAL]: 'False' }, {}, 'Get-AdminAuditLogConfig')],
  },
})
