import { defineCases } from '../../test/support/cases.ts'
import { ADMIN, cmdlet, provisioning } from '../../test/support/record-cmdlets.ts'
import { flowRule, forwards } from '../../test/support/record-mail-flow.ts'
import { inboxRule, outlookRule } from '../../test/support/record-rules.ts'
import { at, guid, person } from '../../test/support/records.ts'
import { ANYWHERE } from './kit/forward-guard.ts'

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
const later = { at: at('12:00') }
const followed = { term: 'followed', severity: 'critical', count: 1, actor: ADMIN } as const
const anywhere = { ...followed, key: [...ANYWHERE] } as const
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
    'a forward within a week to the second': {
      records: [remote(), forwards(anna, outside, 'True', { at: at('09:19:59', 7) })],
      expect: { ...followed, key: [domain], notes: ['remote domain added'] },
    },
    'a forward a week later: the domain alone is told': {
      records: [remote(), forwards(anna, outside, 'True', { at: at('09:20', 7) })],
      expect: { ...prepared('remote domain added'), recordCount: 1 },
    },
    'a forward more than a day before: the domain alone is told': {
      records: [forwards(anna, outside, 'True', { at: at('09:20', -1) }), remote()],
      expect: { ...prepared('remote domain added'), recordCount: 1 },
    },
    'a relayed domain, and a forward there': {
      records: [accepted({ DomainType: 'ExternalRelay' }), forwards(anna, outside, 'True', later)],
      expect: { ...used, actor: ADMIN },
    },
    'all is let through, and a mailbox forwards outside': {
      records: [policy('On'), forwards(anna, outside, 'True', later)],
      expect: { ...anywhere, mailboxes: [anna], notes: ['automatic forwarding set to On'] },
    },
    'all is let through, and an owner makes a rule himself': {
      records: [policy('On'), inboxRule({ ForwardTo: outside }, { at: at('12:00') })],
      expect: { ...anywhere, mailboxes: [anna] },
    },
    'all is let through, and Outlook hides what it sends on': {
      records: [
        cmdlet('Set-RemoteDomain', { Identity: 'Default', AutoForwardEnabled: 'True' }),
        outlookRule([{ ActionType: 'Redirect', Recipients: [outside] }, { ActionType: 'Delete' }], {
          at: at('12:00'),
        }),
      ],
      expect: { ...anywhere, notes: ['automatic forwarding allowed'] },
    },
    'all is let through, and a mail flow rule': {
      records: [
        outbound({ SmartHosts: 'mx.harvest.example' }),
        flowRule({ BlindCopyTo: outside }, { at: at('12:00') }),
      ],
      expect: anywhere,
    },
    'all is let through, and within a week two mailboxes': {
      records: [
        policy('On'),
        forwards(anna, outside, 'True', { at: at('09:19:58', 7) }),
        forwards(person('bruno'), 'copy@other.example', 'True', { at: at('09:19:59', 7) }),
      ],
      expect: { ...anywhere, count: 2, mailboxes: [anna, person('bruno')] },
    },
    'all is let through, and a forward a week later': {
      records: [policy('On'), forwards(anna, outside, 'True', { at: at('09:20', 7) })],
      expect: { ...opened('automatic forwarding set to On'), recordCount: 1 },
    },
    'all is let through after a forward outside': {
      records: [forwards(anna, outside, 'True', { at: at('09:00') }), policy('On')],
      expect: { ...opened('automatic forwarding set to On'), recordCount: 1 },
    },
    'all is let through, and a forward to a colleague': {
      records: [policy('On'), forwards(anna, person('bruno'), 'True', later)],
      expect: { ...opened('automatic forwarding set to On'), recordCount: 1 },
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
