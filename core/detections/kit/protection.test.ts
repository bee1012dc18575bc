import { describe, expect, it } from 'vitest'
import { nameValues } from './name-values.ts'
import { weakening } from './protection.ts'

const read = (operation: string, parameters: Record<string, string> = {}) => {
  const given = Object.entries(parameters).map(([Name, Value]) => ({ Name, Value }))
  const found = weakening(operation, nameValues(given))
  return found && `${found.grade}: ${found.what}`
}

describe('a change to what protects mail', () => {
  it.each([
    ['Remove-AntiPhishPolicy', {}, 'protection: removed'],
    ['Disable-SafeLinksRule', {}, 'protection: switched off'],
    ['Set-DkimSigningConfig', { Enabled: 'False' }, 'protection: enabled turned off'],
    [
      'Set-AntiPhishPolicy',
      { EnableMailboxIntelligence: '$false' },
      'protection: enablemailboxintelligence turned off',
    ],
    ['Set-HostedContentFilterPolicy', { PhishZapEnabled: '0' }, 'protection: phishzapenabled turned off'],
    ['Set-SafeLinksPolicy', { AllowClickThrough: 'True' }, 'protection: AllowClickThrough turned on'],
    ['Set-SafeAttachmentPolicy', { Action: 'Allow' }, 'protection: action set to Allow'],
    [
      'Set-DlpCompliancePolicy',
      { Mode: 'TestWithoutNotifications' },
      'protection: mode set to TestWithoutNotifications',
    ],
    [
      'Set-AtpPolicyForO365',
      { EnableATPForSPOTeamsODB: 'False' },
      'protection: enableatpforspoteamsodb turned off',
    ],
    ['Disable-ProtectionAlert', {}, 'alerts: switched off'],
    ['Remove-ActivityAlert', {}, 'alerts: removed'],
    ['Set-ProtectionAlert', { Disabled: 'True' }, 'alerts: Disabled turned on'],
    ['Set-ProtectionAlert', { NotificationEnabled: 'False' }, 'alerts: told to nobody any more'],
    ['Set-HostedConnectionFilterPolicy', { IPAllowList: '203.0.113.9' }, 'allowance: IPAllowList extended'],
    [
      'Set-HostedContentFilterPolicy',
      { AllowedSenderDomains: '@{Add="harvest.example"}' },
      'allowance: AllowedSenderDomains extended',
    ],
    [
      'New-TenantAllowBlockListItems',
      { Allow: 'True', Entries: 'harvest.example' },
      'allowance: entry added to the allow list',
    ],
    ['New-TenantAllowBlockListSpoofItems', { Action: 'Allow' }, 'allowance: entry added to the allow list'],
  ])('%s %j lowers it', (operation, parameters, expected) => {
    expect(read(operation, parameters)).toBe(expected)
  })

  it.each([
    ['Set-DkimSigningConfig', { Enabled: 'True' }],
    ['Set-AntiPhishPolicy', { PhishThresholdLevel: '3' }],
    ['Set-HostedContentFilterPolicy', { AllowedSenders: '', SpamAction: 'Quarantine' }],
    ['Set-HostedContentFilterPolicy', { AllowedSenders: '@{Remove="a@harvest.example"}' }],
    ['Set-ProtectionAlert', { Disabled: 'False', NotificationEnabled: 'True' }],
    ['Set-SafeAttachmentPolicy', { Action: 'Block' }],
    ['New-TenantAllowBlockListItems', { Block: 'True', Entries: 'harvest.example' }],
    ['New-TenantAllowBlockListItems', { Allow: 'False' }],
    ['New-TenantAllowBlockListSpoofItems', { Action: 'Block' }],
  ])('%s %j does not', (operation, parameters) => {
    expect(read(operation, parameters)).toBeUndefined()
  })
})
