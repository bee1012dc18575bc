import { defineCases } from '../../test/support/cases.ts'
import { ADMIN, cmdlet } from '../../test/support/record-cmdlets.ts'
import { flowRule } from '../../test/support/record-mail-flow.ts'
import { guid, person } from '../../test/support/records.ts'

const bruno = person('bruno')
const outside = 'copy@harvest.example'
const critical = { term: 'outside', severity: 'critical', count: 1 } as const
const quietly = { SetAuditSeverity: 'DoNotAudit' }

/** Moves that slip past other rules, and beside each what looks alike and is not. */
export const cases = defineCases('transport-rule', {
  fires: {
    'a variant of operation and names': {
      records: [cmdlet('new–transportrule.', { NAME: 'x', blindcopyto: `SMTP:${outside.toUpperCase()}` })],
      expect: { ...critical, key: [ADMIN, 'x', 'COPY@harvest.example'] },
    },
    'a variant of operation and names, inside': {
      records: [cmdlet('new–transportrule.', { NAME: 'x', blindcopyto: `SMTP:${bruno.toUpperCase()}` })],
      expect: { term: 'inside' },
    },
    'CopyTo instead of BlindCopyTo': { records: [flowRule({ CopyTo: outside })], expect: critical },
    'an edited rule instead of a new one': {
      records: [flowRule({ RedirectMessageTo: outside }, { operation: 'Set-TransportRule' })],
      expect: critical,
    },
    'a dormant rule is enabled, no more is told': {
      records: [flowRule({}, { operation: 'Enable-TransportRule' })],
      expect: { term: 'switched', severity: 'medium' },
    },
    'the rule asks not to be audited': {
      records: [flowRule({ ...quietly, BlindCopyTo: outside })],
      expect: critical,
    },
    'many recipients, ours last': {
      records: [flowRule({ BlindCopyTo: `${outside};${bruno}` })],
      expect: critical,
    },
    'a guest pointing outside': {
      records: [flowRule({ BlindCopyTo: 'copy_harvest.example#EXT#@birchwood.onmicrosoft.example' })],
      expect: critical,
    },
    'an internal contact: its address is not told': {
      records: [flowRule({ BlindCopyTo: guid('a mail contact') })],
      expect: { term: 'unknown', severity: 'high' },
    },
    'a rule named "."': {
      records: [flowRule({ Name: '.', BlindCopyTo: outside })],
      expect: { ...critical, key: [ADMIN, '.', outside] },
    },
    'parameters as JSON in a text': {
      records: [
        cmdlet(
          'New-TransportRule',
          {},
          { change: { Parameters: `[{"Value":"${outside}","Name":"CopyTo"}]` } },
        ),
      ],
      expect: critical,
    },
    'a partner technician by his long name': {
      records: [
        flowRule(
          { BlindCopyTo: outside },
          { by: `tenant: ${guid('partner')}, object: ${guid('technician')}`, change: { UserType: 9 } },
        ),
      ],
      expect: critical,
    },
    'an application': {
      records: [
        flowRule(
          { BlindCopyTo: outside },
          { change: { UserType: 5, UserId: 'app-1', ClientAppId: 'app-1' } },
        ),
      ],
      expect: { ...critical, key: ['app:app-1', 'Supplier mail', outside], actor: 'app:app-1' },
    },
  },
  quiet: {
    'a dormant rule that could not be enabled': [
      flowRule({}, { operation: 'Enable-TransportRule', change: { ResultStatus: 'False' } }),
    ],
    'an inbox rule’s cmdlet': [cmdlet('New-InboxRule', { Name: 'x', BlindCopyTo: outside })],
    'another operation: New-TransportRuleCollection': [
      cmdlet('New-TransportRuleCollection', { Name: 'x', BlindCopyTo: outside }),
    ],
    'an edited rule, nothing but its audit level': [flowRule(quietly, { operation: 'Set-TransportRule' })],
  },
})
