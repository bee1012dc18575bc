import { defineCases } from '../../test/support/cases.ts'
import { ADMIN, cmdlet, provisioning, SERVICE_HOST } from '../../test/support/record-cmdlets.ts'
import { licence, licencePiece, userChange } from '../../test/support/record-compliance.ts'
import { at, guid, person, type RawRecord } from '../../test/support/records.ts'

const anna = person('anna')
const bruno = person('bruno')
const PLAN = '2f442157-a11c-46b9-ae5b-6e39ff4e5849'
const set = (parameters: RawRecord, change: RawRecord = {}, operation = 'Set-Mailbox') =>
  cmdlet(operation, { Identity: anna, ...parameters }, { change })

const actions = (...notes: string[]) =>
  ({
    term: 'actions',
    severity: 'high',
    count: 1,
    key: [ADMIN, 'actions'],
    mailboxes: [anna],
    notes,
  }) as const
const plan = {
  term: 'licence',
  severity: 'high',
  count: 1,
  key: [ADMIN, 'licence'],
  mailboxes: [anna],
} as const
const idle = { term: 'idle', severity: 'medium', count: 1, mailboxes: [anna] } as const

const cut = (clock = '09:20', day = 0, AuditOwner = '-MailItemsAccessed') =>
  cmdlet('Set-Mailbox', { Identity: anna, AuditOwner }, { at: at(clock, day) })
const back = (clock: string, day = 0, parameters: RawRecord = { DefaultAuditSet: 'Admin,Delegate,Owner' }) =>
  cmdlet('Set-Mailbox', { Identity: anna, ...parameters }, { at: at(clock, day), by: bruno })
const restored = {
  term: 'restored',
  severity: 'high',
  count: 1,
  key: [anna, 'actions', 'again'],
  actor: ADMIN,
  mailboxes: [anna],
  recordCount: 2,
} as const

export const cases = defineCases('audit-trimmed', {
  fires: {
    'an action is taken out, as Exchange writes it': {
      records: [set({ AuditOwner: '-MailItemsAccessed;+SoftDelete' })],
      expect: actions('MailItemsAccessed'),
    },
    'an action is taken out, as it is typed': {
      records: [set({ AuditOwner: '@{Remove="MailItemsAccessed","Update"}' })],
      expect: actions('MailItemsAccessed'),
    },
    'an action is taken out, in a command line': {
      records: [
        set({}, { Parameters: `-Identity "${anna}" -AuditOwner @{Remove="UpdateInboxRules"} -Force` }),
      ],
      expect: actions('UpdateInboxRules'),
    },
    'an action is taken out, in JSON': {
      records: [set({ AuditDelegate: '{"Remove":["FolderBind"]}' })],
      expect: actions('FolderBind'),
    },
    'actions of administrators and delegates are taken out': {
      records: [set({ AuditAdmin: '-Send', AuditDelegate: '-SendAs' })],
      expect: actions('Send, SendAs'),
    },
    'a set takes the place of another': {
      records: [set({ AuditDelegate: 'Update;SendAs' })],
      expect: actions('MailItemsAccessed, UpdateInboxRules'),
    },
    'a set without reads, as old scripts have it': {
      records: [
        set({ AuditEnabled: 'True', AuditOwner: 'MailboxLogin,HardDelete,SoftDelete,Send,UpdateInboxRules' }),
      ],
      expect: actions('MailItemsAccessed'),
    },
    'nothing is recorded any more': {
      records: [set({ AuditOwner: 'None' })],
      expect: actions('MailItemsAccessed, Send, UpdateInboxRules'),
    },
    'the set is emptied': {
      records: [set({ AuditOwner: '' })],
      expect: actions('MailItemsAccessed, Send, UpdateInboxRules'),
    },
    'a variant of names and values': {
      records: [set({ auditowner: '-mailitemsACCESSED' }, {}, 'set–mailbox.')],
      expect: actions('MailItemsAccessed'),
    },
    'three mailboxes in a row are one finding': {
      records: [anna, bruno, person('carla')].map((Identity, n) =>
        cmdlet('Set-Mailbox', { Identity, AuditOwner: '-Send' }, { at: at('09:20') + n }),
      ),
      expect: { term: 'actions', count: 3, mailboxes: [anna, bruno, person('carla')], recordCount: 3 },
    },
    'the mailbox switch is turned off': { records: [set({ AuditEnabled: 'False' })], expect: idle },
    'records are kept for a week': { records: [set({ AuditLogAgeLimit: '7.00:00:00' })], expect: idle },
    'records are kept a day less than usual': { records: [set({ AuditLogAgeLimit: '89' })], expect: idle },
    'trimming is told beside a switch of the same day': {
      records: [set({ AuditEnabled: 'False' }), set({ AuditOwner: 'None' })],
      expect: { term: 'actions', count: 1, recordCount: 1 },
    },
    'the defaults come back, by somebody else': { records: [cut(), back('10:20')], expect: restored },
    'reads come back, as they are typed': {
      records: [cut('09:20', 0, 'None'), back('10:20', 0, { AuditOwner: '@{Add="MailItemsAccessed"}' })],
      expect: { ...restored, notes: ['MailItemsAccessed, Send, UpdateInboxRules'] },
    },
    'a full set comes back over midnight': {
      records: [cut('23:50'), back('00:10', 1, { AuditOwner: 'MailItemsAccessed;Send;UpdateInboxRules' })],
      expect: restored,
    },
    'the defaults come back within a week to the second': {
      records: [cut(), back('09:19:59', 7)],
      expect: restored,
    },
    'the defaults come back a week later': {
      records: [cut(), back('09:20', 7)],
      expect: { ...actions('MailItemsAccessed'), recordCount: 1 },
    },
    'the defaults come back before reads are taken out': {
      records: [back('09:10'), cut()],
      expect: { ...actions('MailItemsAccessed'), recordCount: 1 },
    },
    'something else comes back': {
      records: [cut(), back('10:20', 0, { AuditOwner: '+Send', AuditDelegate: '+MailItemsAccessed' })],
      expect: { ...actions('MailItemsAccessed'), recordCount: 1 },
    },
    'the defaults of delegates come back': {
      records: [cut(), back('10:20', 0, { DefaultAuditSet: 'Delegate' })],
      expect: { ...actions('MailItemsAccessed'), recordCount: 1 },
    },
    'an administrator trims and restores his own mailbox': {
      records: [
        set({ Identity: ADMIN, AuditOwner: '-Send' }),
        cmdlet('Set-Mailbox', { Identity: ADMIN, DefaultAuditSet: 'Owner' }, { at: at('10:20'), by: bruno }),
      ],
      expect: { ...restored, key: [ADMIN, 'actions', 'again'], mailboxes: [ADMIN] },
    },
    'the plan is switched off and on again': {
      records: [
        userChange(anna, licence(), licence(PLAN)),
        userChange(anna, licence(PLAN), licence(), { at: at('10:20'), by: bruno }),
      ],
      expect: { ...restored, key: [anna, 'licence', 'again'] },
    },
    'the plan comes back, told in pieces': {
      records: [
        licencePiece(anna, licence(), licence(PLAN)),
        licencePiece(anna, licence(PLAN), licence(), { at: at('10:20') }),
      ],
      expect: { ...restored, key: [anna, 'licence', 'again'] },
    },
    'the plan comes back where actions were taken out': {
      records: [cut(), userChange(anna, licence(PLAN), licence(), { at: at('10:20') })],
      expect: { ...actions('MailItemsAccessed'), recordCount: 1 },
    },
    'the plan is switched off, by name': {
      records: [userChange(anna, licence('YAMMER_ENTERPRISE'), licence('M365_ADVANCED_AUDITING'))],
      expect: plan,
    },
    'the plan is switched off, by id': {
      records: [userChange(anna, licence(), licence(PLAN.toUpperCase(), guid('another plan')))],
      expect: plan,
    },
    'the plan is switched off in a licence given just now': {
      records: [userChange(anna, '[]', licence(PLAN))],
      expect: plan,
    },
    'the plan is switched off, told in pieces': {
      records: [licencePiece(anna, licence(), licence('M365_ADVANCED_AUDITING'))],
      expect: plan,
    },
    'both records of one change are one finding': {
      records: [userChange(anna, licence(), licence(PLAN)), licencePiece(anna, licence(), licence(PLAN))],
      expect: { ...plan, recordCount: 2 },
    },
    'the plan is switched off, by an application': {
      records: [
        userChange(anna, licence(), licence(PLAN), {
          change: { UserId: `ServicePrincipal_${guid('licensing tool')}` },
        }),
      ],
      expect: { term: 'licence' },
    },
    'by an account named like Microsoft’s own': {
      records: [set({ AuditOwner: 'None' }, { UserId: SERVICE_HOST, UserType: 2 })],
      expect: { term: 'actions' },
    },
    'by a partner technician': {
      records: [
        set(
          { AuditOwner: 'None' },
          { UserType: 9, UserId: `tenant: ${guid('partner')}, object: ${guid('technician')}` },
        ),
      ],
      expect: { term: 'actions' },
    },
  },
  quiet: {
    'actions are added': [
      set({ AuditOwner: '+SearchQueryInitiated;+MailItemsAccessed' }),
      set({ AuditOwner: '@{Add="SearchQueryInitiated"}' }),
    ],
    'actions that tell nothing of reading are taken out': [set({ AuditOwner: '-HardDelete;-Update' })],
    'a full set takes the place of another': [
      set({ AuditOwner: 'HardDelete;MailItemsAccessed;Send;SoftDelete;UpdateInboxRules' }),
    ],
    'the defaults come back': [set({ DefaultAuditSet: 'Admin;Delegate;Owner' })],
    'the mailbox switch is turned on': [set({ AuditEnabled: 'True', AuditLogAgeLimit: '180.00:00:00' })],
    'records are kept as long as usual': [set({ AuditLogAgeLimit: '90.00:00:00' })],
    'a value nobody can read': [set({ AuditOwner: 'System.Collections.Hashtable' })],
    'other settings of a mailbox': [set({ ForwardingSmtpAddress: '', RecipientLimits: '500' })],
    'a cmdlet that failed': [set({ AuditOwner: 'None' }, { ResultStatus: 'False' })],
    'Microsoft provisions a mailbox': [
      provisioning('Set-Mailbox', { Identity: guid(anna), AuditEnabled: 'False', AuditOwner: '' }),
    ],
    'the plan was off before': [
      userChange(anna, licence(PLAN), licence(PLAN, 'YAMMER_ENTERPRISE')),
      licencePiece(anna, licence(PLAN), licence(PLAN, 'YAMMER_ENTERPRISE')),
    ],
    'the plan is switched on': [userChange(anna, licence(PLAN), licence())],
    'somebody leaves: the licence goes whole': [
      userChange(anna, licence(), '[]'),
      licencePiece(anna, licence(), '[]'),
    ],
    'a change that failed': [
      userChange(anna, licence(), licence(PLAN), { change: { ResultStatus: 'Failure' } }),
    ],
    'another property of a user': [
      userChange(anna, '', '', {
        change: {
          ModifiedProperties: [
            { Name: 'StrongAuthenticationMethod', NewValue: '[\r\n  {\r\n    "MethodType": 7\r\n  }\r\n]' },
          ],
        },
      }),
    ],
  },
})
