import { defineCases } from '../../test/support/cases.ts'
import { ADMIN, cmdlet, provisioning, SERVICE_HOST } from '../../test/support/record-cmdlets.ts'
import { at, guid, person, type RawRecord } from '../../test/support/records.ts'

const backup = person('backup')
const OPERATION = 'Set-MailboxAuditBypassAssociation'
const carla = person('carla')
const set = (AuditBypassEnabled: string, clock = '09:20', day = 0, Identity = backup, by = ADMIN) =>
  cmdlet(OPERATION, { Identity, AuditBypassEnabled }, { at: at(clock, day), by })
const changed = (change: RawRecord, operation = OPERATION) =>
  cmdlet(operation, { Identity: backup, AuditBypassEnabled: 'True' }, { change })

const critical = {
  term: 'bypass',
  severity: 'critical',
  count: 1,
  key: [ADMIN, backup],
  mailboxes: [backup],
  actor: ADMIN,
} as const

const andBack = { ...critical, term: 'bypass-and-back', key: [backup], recordCount: 2 } as const

export const cases = defineCases('audit-bypass', {
  fires: {
    'an account is exempted': { records: [set('True')], expect: critical },
    'an account is exempted, for an hour': {
      records: [set('True'), set('False', '10:20')],
      expect: andBack,
    },
    'exempted and taken back over midnight': {
      records: [set('True', '23:55'), set('False', '00:05', 1)],
      expect: andBack,
    },
    'exempted, and taken back by somebody else': {
      records: [set('True'), set('False', '10:20', 0, backup, carla)],
      expect: andBack,
    },
    'exempted, and taken back within a week to the second': {
      records: [set('True'), set('False', '09:19:59', 7)],
      expect: andBack,
    },
    'exempted, and taken back a week later': {
      records: [set('True'), set('False', '09:20', 7)],
      expect: { ...critical, recordCount: 1 },
    },
    'taken back, then exempted': {
      records: [set('False'), set('True', '09:40')],
      expect: { ...critical, recordCount: 1 },
    },
    'one exempted, another taken back': {
      records: [set('True'), set('False', '09:40', 0, carla)],
      expect: critical,
    },
    'the name spelt as in older manuals': {
      records: [cmdlet(OPERATION, { AuditByPassEnabled: '$true', Identity: backup })],
      expect: critical,
    },
    'a variant of the operation': {
      records: [changed({}, 'set-MAILBOXauditbypassassociation.')],
      expect: critical,
    },
    'a variant of the value: 1': { records: [set('1')], expect: critical },
    'the account told by the object alone': {
      records: [
        cmdlet(
          OPERATION,
          { AuditBypassEnabled: 'True' },
          { change: { ObjectId: `srv.example/Hosted/birchwood/${backup}` } },
        ),
      ],
      expect: critical,
    },
    'the account not told': {
      records: [cmdlet(OPERATION, { AuditBypassEnabled: 'True' })],
      expect: { term: 'bypass', key: [ADMIN, 'an account not named'] },
    },
    'by a partner technician': {
      records: [
        changed({ UserType: 9, UserId: `tenant: ${guid('partner')}, object: ${guid('technician')}` }),
      ],
      expect: { term: 'bypass' },
    },
    'by an account named like Microsoft’s own': {
      records: [changed({ UserId: SERVICE_HOST, UserType: 2 })],
      expect: { term: 'bypass' },
    },
    'late or duplicate content: the same record twice': {
      records: [set('True'), set('True')],
      expect: { ...critical, recordCount: 1 },
    },
  },
  quiet: {
    'an exemption is taken back': [set('False')],
    'a value that is neither true nor false': [set('')],
    'a cmdlet that failed': [changed({ ResultStatus: 'False' })],
    'Microsoft’s own machinery': [
      provisioning(OPERATION, { Identity: 'DiscoverySearchMailbox{x}', AuditBypassEnabled: 'True' }),
    ],
    'another operation: Get-…': [changed({}, 'Get-MailboxAuditBypassAssociation')],
  },
})
