import { defineCases } from '../../test/support/cases.ts'
import { ADMIN, cmdlet, provisioning } from '../../test/support/record-cmdlets.ts'
import { flowRule } from '../../test/support/record-mail-flow.ts'
import { at, person } from '../../test/support/records.ts'

const bruno = person('bruno')
const outside = 'copy@harvest.example'
const RULE = 'Supplier mail'
const words = { SubjectOrBodyContainsWords: 'offer;price' }
const critical = { term: 'outside', severity: 'critical', count: 1, key: [ADMIN, RULE, outside] } as const
const unknown = { term: 'unknown', severity: 'high', count: 1 } as const
const inside = { term: 'inside', severity: 'medium', count: 1 } as const
const weakens = (...notes: string[]) => ({ term: 'weakens', severity: 'medium', count: 1, notes }) as const
const switched = (...notes: string[]) => ({ term: 'switched', severity: 'medium', count: 1, notes }) as const
const other = { term: 'other', severity: 'low', count: 1 } as const
const set = (parameters: Record<string, string>) => flowRule(parameters, { operation: 'Set-TransportRule' })

const WAYS = ['BlindCopyTo', 'CopyTo', 'RedirectMessageTo', 'AddToRecipients', 'ModerateMessageByUser']
const report = { GenerateIncidentReport: outside }

export const cases = defineCases('transport-rule', {
  fires: {
    ...Object.fromEntries(
      WAYS.map(way => [
        `mail goes outside by ${way}`,
        { records: [flowRule({ ...words, [way]: outside })], expect: { ...critical, actor: ADMIN } },
      ]),
    ),
    'an incident report carries the message outside': {
      records: [flowRule({ ...report, IncidentReportContent: 'Sender;AttachOriginalMail' })],
      expect: critical,
    },
    'an incident report of the old kind': {
      records: [flowRule({ ...report, IncidentReportOriginalMail: 'IncludeOriginalMail' })],
      expect: critical,
    },
    'an incident report without the message': { records: [flowRule(report)], expect: other },
    'an old rule starts to copy outside': { records: [set({ BlindCopyTo: outside })], expect: critical },
    'an address is added to a list': {
      records: [set({ BlindCopyTo: `@{Add="${outside}"; Remove="${bruno}"}` })],
      expect: critical,
    },
    'one rule copies inside and outside': {
      records: [flowRule({ CopyTo: bruno, BlindCopyTo: `${person('carla')};${outside}` })],
      expect: critical,
    },
    'mail goes to a look-alike': {
      records: [flowRule({ BlindCopyTo: 'copy@birchwoods.example' })],
      expect: { term: 'outside', notes: ['to a look-alike of your own domain'] },
    },
    'mail goes to a name': {
      records: [flowRule({ BlindCopyTo: 'Projects archive' })],
      expect: { ...unknown, key: [ADMIN, RULE, 'Projects archive'] },
    },
    'mail goes through a connector': {
      records: [flowRule({ ...words, RouteMessageOutboundConnector: 'Relay' })],
      expect: { ...unknown, key: [ADMIN, RULE, 'the connector "Relay"'] },
    },
    'mail goes to a colleague': {
      records: [flowRule({ ...words, BlindCopyTo: bruno })],
      expect: { ...inside, key: [ADMIN, RULE, bruno] },
    },
    'mail goes to the manager of the sender': {
      records: [flowRule({ ...words, AddManagerAsRecipientType: 'Bcc' })],
      expect: { ...inside, key: [ADMIN, RULE, 'the manager of the sender'] },
    },
    'the manager approves mail': {
      records: [flowRule({ ModerateMessageByManager: 'True' })],
      expect: inside,
    },
    'mail passes the spam filter': {
      records: [flowRule({ SenderDomainIs: 'harvest.example', SetSCL: '-1' })],
      expect: weakens('lets mail past the spam filter'),
    },
    'headers are stripped': {
      records: [set({ RemoveHeader: 'X-Spam' })],
      expect: weakens('removes the header X-Spam'),
    },
    'a header switches checks off': {
      records: [
        flowRule({
          SetHeaderName: 'X-MS-Exchange-Organization-SkipSafeLinksProcessing',
          SetHeaderValue: '1',
        }),
      ],
      expect: weakens('sets X-MS-Exchange-Organization-SkipSafeLinksProcessing'),
    },
    'mail is deleted': {
      records: [flowRule({ SubjectContainsWords: 'sign in', DeleteMessage: 'True' })],
      expect: weakens('deletes mail without a word'),
    },
    'mail is put into quarantine': {
      records: [flowRule({ ...words, Quarantine: 'True' })],
      expect: weakens('puts mail into quarantine'),
    },
    'a rule is switched on': {
      records: [flowRule({}, { operation: 'Enable-TransportRule' })],
      expect: { ...switched('switched on'), key: [ADMIN, RULE, ''] },
    },
    'a rule is switched off': {
      records: [flowRule({}, { operation: 'Disable-TransportRule' })],
      expect: switched('switched off'),
    },
    'a rule is removed': {
      records: [flowRule({}, { operation: 'Remove-TransportRule' })],
      expect: switched('removed'),
    },
    'a rule that was only tested is put into force': {
      records: [set({ Mode: 'Enforce' })],
      expect: switched('put into force'),
    },
    'a disclaimer': { records: [flowRule({ ApplyHtmlDisclaimerText: 'Kind regards' })], expect: other },
    'a rule that does nothing yet': { records: [flowRule({})], expect: other },
    'the conditions of an old rule': { records: [set({ From: person('carla') })], expect: other },
    'the worst of a day counts for one rule': {
      records: [
        flowRule({ ...words, BlindCopyTo: outside }),
        flowRule({ ...words, BlindCopyTo: outside }, { at: at('11:00') }),
      ],
      expect: { ...critical, count: 2 },
    },
    'learned domains: an address elsewhere is outside': {
      learned: true,
      records: [flowRule({ BlindCopyTo: outside })],
      expect: { term: 'outside' },
    },
  },
  quiet: {
    'a copy is taken out': [set({ BlindCopyTo: '' })],
    'a copy is taken out of a list, the rest stays': [set({ BlindCopyTo: '', CopyTo: '<null>' })],
    'place and name': [set({ Priority: '2', Comments: 'moved up' })],
    'a rule that could not be made': [
      flowRule({ BlindCopyTo: outside }, { change: { ResultStatus: 'False' } }),
    ],
    'Microsoft makes a rule': [provisioning('New-TransportRule', { Name: RULE, BlindCopyTo: outside })],
    'rules are listed': [cmdlet('Get-TransportRule', { Identity: RULE, BlindCopyTo: outside })],
  },
})
