import { defineCases } from '../../test/support/cases.ts'
import { ADMIN, cmdlet, provisioning } from '../../test/support/record-cmdlets.ts'
import { flowRule, forwards } from '../../test/support/record-mail-flow.ts'
import { inboxRule, outlookRule } from '../../test/support/record-rules.ts'
import { at, guid, person } from '../../test/support/records.ts'

const anna = person('anna')
const domain = 'harvest.example'
const outside = `copy@${domain}`
const policy = (AutoForwardingMode: string, verb = 'Set') =>
  cmdlet(`${verb}-HostedOutboundSpamFilterPolicy`, {
    [verb === 'New' ? 'Name' : 'Identity']: 'Default',
    AutoForwardingMode,
  })
const remote = (DomainName = domain, when = at('09:20')) =>
  cmdlet('New-RemoteDomain', { Name: 'Partner', DomainName }, { at: when })
const outbound = (parameters: Record<string, string>, verb = 'New') =>
  cmdlet(`${verb}-OutboundConnector`, { [verb === 'New' ? 'Name' : 'Identity']: 'Relay', ...parameters })
const inbound = (parameters: Record<string, string>, verb = 'Set') =>
  cmdlet(`${verb}-InboundConnector`, { [verb === 'New' ? 'Name' : 'Identity']: 'Relay', ...parameters })
const accepted = (parameters: Record<string, string>, verb = 'Set') =>
  cmdlet(`${verb}-AcceptedDomain`, { [verb === 'New' ? 'Name' : 'Identity']: domain, ...parameters })
const applied = (verb: string) =>
  cmdlet(`${verb}-HostedOutboundSpamFilterRule`, {
    [verb === 'New' ? 'Name' : 'Identity']: 'Sales',
    From: anna,
  })

const opened = (...notes: string[]) => ({ term: 'opened', severity: 'high', count: 1, notes }) as const
const prepared = (...notes: string[]) => ({ term: 'prepared', severity: 'medium', count: 1, notes }) as const
const loosened = (...notes: string[]) => ({ term: 'loosened', severity: 'low', count: 1, notes }) as const
const used = { term: 'used', severity: 'critical', count: 1, key: [domain] } as const

export const cases = defineCases('auto-forward-guardrail', {
  fires: {
    'forwarding is let through for everybody': {
      records: [policy('On')],
      expect: { ...opened('automatic forwarding set to On'), key: [ADMIN, 'Default'], actor: ADMIN },
    },
    'a new policy lets forwarding through': {
      records: [policy('on', 'New')],
      expect: opened('automatic forwarding set to On'),
    },
    'an old policy is set to Automatic': {
      records: [policy('Automatic')],
      expect: loosened('automatic forwarding set to Automatic'),
    },
    'a policy is put on other people': {
      records: [applied('New')],
      expect: { ...loosened('the people it applies to: rule added'), key: [ADMIN, 'Sales'] },
    },
    'a policy is taken off people': {
      records: [applied('Disable')],
      expect: loosened('the people it applies to: rule switched off'),
    },
    'a remote domain may be forwarded to': {
      records: [cmdlet('Set-RemoteDomain', { Identity: 'Default', AutoForwardEnabled: 'True' })],
      expect: { ...opened('automatic forwarding allowed'), key: [ADMIN, 'Default'] },
    },
    'a remote domain is added': {
      records: [remote()],
      expect: { ...prepared('remote domain added'), key: [ADMIN, 'Partner'] },
    },
    'an outbound connector is added': {
      records: [outbound({ SmartHosts: '192.0.2.25' })],
      expect: opened('outbound connector added'),
    },
    'an outbound connector is pointed elsewhere': {
      records: [outbound({ SmartHosts: 'mx.harvest.example' }, 'Set')],
      expect: opened('outbound connector pointed elsewhere'),
    },
    'an outbound connector takes all mail': {
      records: [outbound({ RouteAllMessagesViaOnPremises: 'True' }, 'Set')],
      expect: opened('outbound connector pointed elsewhere'),
    },
    'an outbound connector is switched on': {
      records: [outbound({ Enabled: 'True' }, 'Set')],
      expect: opened('outbound connector switched on'),
    },
    'an inbound connector is added': {
      records: [inbound({ SenderDomains: '*' }, 'New')],
      expect: prepared('inbound connector added'),
    },
    'an inbound connector trusts another server': {
      records: [inbound({ SenderIPAddresses: '192.0.2.25' })],
      expect: prepared('inbound connector trusts other senders'),
    },
    'a domain is accepted as our own': {
      records: [accepted({ DomainName: domain }, 'New')],
      expect: prepared('domain accepted as your own'),
    },
    'mail for a domain is relayed': {
      records: [accepted({ DomainType: 'InternalRelay' })],
      expect: opened('mail for it relayed to another system'),
    },
    'a domain is let through, and a mailbox forwards there': {
      records: [remote(), forwards(anna, outside, 'True', { at: at('10:00') })],
      expect: { ...used, actor: ADMIN, mailboxes: [anna], notes: ['remote domain added'] },
    },
    'the forward comes first': {
      records: [forwards(anna, outside), remote(domain, at('16:00'))],
      expect: used,
    },
    'within a day to the second': {
      records: [remote(), forwards(anna, outside, 'True', { at: at('09:19:59', 1) })],
      expect: used,
    },
    'a domain and all below it, and an inbox rule': {
      records: [remote(`*.${domain}`), inboxRule({ ForwardTo: `copy@mail.${domain}` })],
      expect: used,
    },
    'a domain among others in a connector, and Outlook': {
      records: [
        outbound({ RecipientDomains: `partner.example,${domain}` }),
        outlookRule([{ ActionType: 'Redirect', Recipients: [outside] }]),
      ],
      expect: used,
    },
    'a domain of our own since today, and a mail flow rule': {
      records: [accepted({ DomainName: domain }, 'New'), flowRule({ BlindCopyTo: outside })],
      expect: used,
    },
    'a variant of operation and names': {
      records: [
        cmdlet('SET–HOSTEDOUTBOUNDSPAMFILTERPOLICY.', { IDENTITY: 'Default', autoforwardingmode: 'ON' }),
      ],
      expect: { ...opened('automatic forwarding set to On'), key: [ADMIN, 'Default'] },
    },
    'a forward a day later: the domain alone is told': {
      records: [remote(), forwards(anna, outside, 'True', { at: at('09:20', 1) })],
      expect: prepared('remote domain added'),
    },
    'a forward to another domain: the domain alone is told': {
      records: [remote(), forwards(anna, 'copy@other.example')],
      expect: prepared('remote domain added'),
    },
    'a partner technician by his long name': {
      records: [
        cmdlet(
          'Set-HostedOutboundSpamFilterPolicy',
          { Identity: 'Default', AutoForwardingMode: 'On' },
          { by: `tenant: ${guid('partner')}, object: ${guid('technician')}`, change: { UserType: 9 } },
        ),
      ],
      expect: { term: 'opened', severity: 'high' },
    },
  },
  quiet: {
    'forwarding is stopped': [
      policy('Off'),
      cmdlet('Set-RemoteDomain', { Identity: 'Default', AutoForwardEnabled: 'False' }),
    ],
    'a new policy leaves forwarding as it is': [policy('Automatic', 'New')],
    'other limits of the policy': [
      cmdlet('Set-HostedOutboundSpamFilterPolicy', { Identity: 'Default', RecipientLimitPerDay: '500' }),
    ],
    'other settings of a remote domain': [
      cmdlet('Set-RemoteDomain', { Identity: 'Default', TNEFEnabled: 'False' }),
    ],
    'connectors are described, encrypted, switched off': [
      outbound({ Comment: 'as before', TlsSettings: 'EncryptionOnly' }, 'Set'),
      outbound({ Enabled: 'False' }, 'Set'),
      inbound({ RequireTls: 'True' }),
    ],
    'connectors and domains are removed': [
      outbound({ SmartHosts: '192.0.2.25' }, 'Remove'),
      inbound({ SenderDomains: '*' }, 'Remove'),
      cmdlet('Remove-RemoteDomain', { Identity: 'Partner' }),
      accepted({}, 'Remove'),
    ],
    'a domain is authoritative again': [accepted({ DomainType: 'Authoritative' })],
    'forwards alone': [forwards(anna, outside), inboxRule({ ForwardTo: outside })],
    'it could not be set': [
      cmdlet(
        'Set-HostedOutboundSpamFilterPolicy',
        { Identity: 'Default', AutoForwardingMode: 'On' },
        { change: { ResultStatus: 'False' } },
      ),
    ],
    'Microsoft sets it': [
      provisioning('Set-HostedOutboundSpamFilterPolicy', { Identity: 'Default', AutoForwardingMode: 'On' }),
      provisioning('New-AcceptedDomain', { Name: domain, DomainName: domain }),
    ],
  },
})
