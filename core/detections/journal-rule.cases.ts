import { defineCases } from '../../test/support/cases.ts'
import { ADMIN, cmdlet, provisioning } from '../../test/support/record-cmdlets.ts'
import { guid, person, type RawRecord } from '../../test/support/records.ts'

const outside = 'journal@harvest.example'
const inside = person('archive')
const RULE = 'the journal rule "Archive"'
const journal = (parameters: Record<string, string>, verb = 'New', change: RawRecord = {}) =>
  cmdlet(
    `${verb}-JournalRule`,
    { [verb === 'New' ? 'Name' : 'Identity']: 'Archive', ...parameters },
    { change },
  )
const reports = (JournalingReportNdrTo: string) => cmdlet('Set-TransportConfig', { JournalingReportNdrTo })

const critical = { term: 'outside', severity: 'critical', count: 1, key: [ADMIN, RULE, outside] } as const
const high = { term: 'changed', severity: 'high', count: 1 } as const

export const cases = defineCases('journal-rule', {
  fires: {
    'everybody’s mail is copied outside': {
      records: [journal({ JournalEmailAddress: outside, Scope: 'Global', Enabled: 'True' })],
      expect: { ...critical, actor: ADMIN, notes: ['the mail of everybody'] },
    },
    'the mail of one person is copied outside': {
      records: [journal({ JournalEmailAddress: outside, Recipient: person('anna') })],
      expect: { ...critical, notes: [`the mail of ${person('anna')}`] },
    },
    'a rule is made and not yet switched on': {
      records: [journal({ JournalEmailAddress: outside, Enabled: 'False' })],
      expect: critical,
    },
    'an old rule gets another target': {
      records: [journal({ JournalEmailAddress: `SMTP:${outside}` }, 'Set')],
      expect: { ...critical, notes: [] },
    },
    'an old rule takes other mail': {
      records: [journal({ Recipient: person('anna') }, 'Set')],
      expect: { ...high, key: [ADMIN, RULE, ''] },
    },
    'a rule is switched on': {
      records: [journal({}, 'Enable')],
      expect: { ...high, key: [ADMIN, RULE, ''] },
    },
    'mail is copied to a mailbox of ours': {
      records: [journal({ JournalEmailAddress: inside })],
      expect: { ...high, key: [ADMIN, RULE, inside] },
    },
    'mail is copied to a name of the directory': {
      records: [journal({ JournalEmailAddress: 'Brokers journal' })],
      expect: { ...high, key: [ADMIN, RULE, 'Brokers journal'] },
    },
    'reports that bounce go outside': {
      records: [reports(outside)],
      expect: { ...critical, key: [ADMIN, 'the target for journal reports that bounce', outside] },
    },
    'reports that bounce go to a mailbox of ours': { records: [reports(inside)], expect: high },
    'learned domains: an address elsewhere is outside': {
      learned: true,
      records: [journal({ JournalEmailAddress: outside })],
      expect: { term: 'outside' },
    },
    'a variant of operation and names': {
      records: [cmdlet('NEW—JOURNALRULE.', { name: 'Archive', journalemailaddress: outside.toUpperCase() })],
      expect: { term: 'outside', key: [ADMIN, RULE, 'JOURNAL@harvest.example'] },
    },
    'a look-alike that ends in ours': {
      records: [journal({ JournalEmailAddress: 'journal@notbirchwood.example' })],
      expect: { term: 'outside' },
    },
    'a partner technician by his long name': {
      records: [
        journal({ JournalEmailAddress: outside }, 'New', {
          UserType: 9,
          UserId: `tenant: ${guid('partner')}`,
        }),
      ],
      expect: { term: 'outside', severity: 'critical' },
    },
  },
  quiet: {
    'a rule is switched off and removed': [journal({}, 'Disable'), journal({}, 'Remove')],
    'an old rule gets another name': [journal({ Name: 'Archive 2026' }, 'Set')],
    'a rule that could not be made': [
      journal({ JournalEmailAddress: outside }, 'New', { ResultStatus: 'False' }),
    ],
    'reports that bounce go to nobody': [reports('<>'), reports('')],
    'other transport settings': [cmdlet('Set-TransportConfig', { SmtpClientAuthenticationDisabled: 'True' })],
    'rules are listed': [cmdlet('Get-JournalRule', { Identity: 'Archive', JournalEmailAddress: outside })],
    'Microsoft sets it up': [
      provisioning('New-JournalRule', { Name: 'Archive', JournalEmailAddress: outside }),
    ],
  },
})
