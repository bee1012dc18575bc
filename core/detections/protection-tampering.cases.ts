import { defineCases } from '../../test/support/cases.ts'
import {
  ADMIN,
  cmdlet,
  complianceCmdlet,
  provisioning,
  SERVICE_HOST,
} from '../../test/support/record-cmdlets.ts'
import { at, guid, type RawRecord } from '../../test/support/records.ts'

const run = (operation: string, parameters: RawRecord = {}, change: RawRecord = {}) =>
  cmdlet(operation, { Identity: 'Default', ...parameters }, { change })

const alerts = { term: 'alerts', severity: 'high', count: 1, key: [ADMIN], actor: ADMIN } as const
const protection = (note: string) =>
  ({ term: 'protection', severity: 'medium', count: 1, key: [ADMIN], notes: [note] }) as const
const allowance = { term: 'allowance', severity: 'low', count: 1, key: [ADMIN] } as const

/** Each of a family of filters, removed and switched off. */
const FAMILIES = [
  'AntiPhishRule',
  'SafeLinksRule',
  'SafeAttachmentRule',
  'MalwareFilterRule',
  'DlpCompliancePolicy',
]

export const cases = defineCases('protection-tampering', {
  fires: {
    'one of Microsoft’s own warnings is switched off': {
      records: [
        complianceCmdlet('Disable-ProtectionAlert', '-Identity "Creation of forwarding/redirect rule"'),
      ],
      expect: alerts,
    },
    'a warning is switched off by Set-': {
      records: [complianceCmdlet('Set-ProtectionAlert', '-Identity "eDiscovery search" -Disabled $true')],
      expect: alerts,
    },
    'a warning goes to nobody': {
      records: [complianceCmdlet('Set-ProtectionAlert', '-Identity "x" -NotificationEnabled $false')],
      expect: { ...alerts, notes: ['ProtectionAlert x told to nobody any more'] },
    },
    'a warning is removed': {
      records: [complianceCmdlet('Remove-ActivityAlert', '-Identity "Mail rules"')],
      expect: alerts,
    },
    ...Object.fromEntries(
      FAMILIES.flatMap(family => [
        [
          `removed: ${family}`,
          { records: [run(`Remove-${family}`)], expect: protection(`${family} default removed`) },
        ],
        [
          `switched off: ${family}`,
          { records: [run(`Disable-${family}`)], expect: protection(`${family} default switched off`) },
        ],
      ]),
    ),
    'a policy is switched off by Set-': {
      records: [run('Set-DkimSigningConfig', { Identity: 'birchwood.example', Enabled: 'False' })],
      expect: { term: 'protection', count: 1 },
    },
    'late deletion of delivered phishing is switched off': {
      records: [run('Set-HostedContentFilterPolicy', { PhishZapEnabled: 'False' })],
      expect: { term: 'protection' },
    },
    'a policy only looks on': {
      records: [
        complianceCmdlet('Set-DlpCompliancePolicy', '-Identity "Cards" -Mode TestWithoutNotifications'),
      ],
      expect: { term: 'protection' },
    },
    'a sender is let past the filters': {
      records: [run('Set-HostedContentFilterPolicy', { AllowedSenderDomains: '+harvest.example' })],
      expect: allowance,
    },
    'an address is let past the filters': {
      records: [run('Set-HostedConnectionFilterPolicy', { IPAllowList: '203.0.113.9' })],
      expect: allowance,
    },
    'an entry of the tenant’s allow list': {
      records: [run('New-TenantAllowBlockListItems', { Allow: 'True', Entries: 'harvest.example' })],
      expect: allowance,
    },
    'several at once: the worst is told': {
      records: [
        run('New-TenantAllowBlockListItems', { Allow: 'True', Entries: 'harvest.example' }),
        run('Disable-SafeLinksRule'),
        complianceCmdlet('Disable-ProtectionAlert', '-Identity "x"'),
      ],
      expect: { ...alerts, recordCount: 3 },
    },
    'a variant of operation and value': {
      records: [run('set–DKIMsigningconfig.', { ENABLED: '$false' })],
      expect: { term: 'protection' },
    },
    'by a partner technician': {
      records: [
        run(
          'Remove-AntiPhishPolicy',
          {},
          { UserType: 9, UserId: `tenant: ${guid('partner')}, object: ${guid('technician')}` },
        ),
      ],
      expect: { term: 'protection' },
    },
    'by an account named like Microsoft’s own': {
      records: [run('Remove-AntiPhishPolicy', {}, { UserId: SERVICE_HOST, UserType: 2 })],
      expect: { term: 'protection' },
    },
    'the same again a day later is another finding': {
      records: [
        cmdlet('Disable-SafeLinksRule', { Identity: 'x' }, { at: at('09:20') }),
        cmdlet('Disable-SafeLinksRule', { Identity: 'x' }, { at: at('09:20', 1) }),
      ],
      expect: { term: 'protection', count: 1, recordCount: 1 },
    },
  },
  quiet: {
    'protection is raised': [
      run('Set-AntiPhishPolicy', { PhishThresholdLevel: '3', EnableMailboxIntelligence: 'True' }),
      run('Enable-SafeLinksRule'),
      run('New-AntiPhishPolicy', { Enabled: 'False' }),
    ],
    'a sender is let past the filters no more': [
      run('Set-HostedContentFilterPolicy', { AllowedSenders: '-a@harvest.example' }),
    ],
    'a portal page writes empty lists again': [
      run('Set-HostedContentFilterPolicy', {
        AllowedSenders: '',
        AllowedSenderDomains: '',
        SpamAction: 'Quarantine',
      }),
    ],
    'an entry of the tenant’s block list': [
      run('New-TenantAllowBlockListItems', { Block: 'True', Entries: 'harvest.example' }),
    ],
    'a warning is switched on': [complianceCmdlet('Set-ProtectionAlert', '-Identity "x" -Disabled $false')],
    'a cmdlet that failed': [run('Remove-AntiPhishPolicy', {}, { ResultStatus: 'False' })],
    'Microsoft’s own machinery': [
      provisioning('Set-AntiPhishPolicy', { Identity: 'Standard Preset', Enabled: 'False' }),
      provisioning('Remove-SafeLinksPolicy', { Identity: 'Standard Preset' }),
    ],
    'another operation: Remove-MailContact': [run('Remove-MailContact')],
  },
})
