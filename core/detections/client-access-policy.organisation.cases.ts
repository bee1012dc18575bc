import { defineCases } from '../../test/support/cases.ts'
import { ADMIN, cmdlet } from '../../test/support/record-cmdlets.ts'
import { guid, person, type RawRecord } from '../../test/support/records.ts'

const anna = person('anna')
const APP = guid('crm')

const cas = (parameters: RawRecord, change: RawRecord = {}) =>
  cmdlet('Set-CASMailbox', { Identity: anna, ...parameters }, { change })
const wide = (operation: string, parameters: RawRecord, what: string) =>
  ({
    records: [cmdlet(operation, parameters)],
    expect: { term: 'wide', severity: 'high', key: [ADMIN, what], actor: ADMIN, count: 1 },
  }) as const
const some = (operation: string, parameters: RawRecord, what: string) =>
  ({
    records: [cmdlet(operation, parameters)],
    expect: { term: 'some', severity: 'medium', key: [ADMIN, what], actor: ADMIN, count: 1 },
  }) as const

export const cases = defineCases('client-access-policy', {
  fires: {
    'sending with a password, everywhere': some(
      'Set-TransportConfig',
      { SmtpClientAuthenticationDisabled: 'False' },
      'sending with a password (SMTP AUTH) is on for everyone',
    ),
    'Exchange Web Services are opened again': wide(
      'Set-OrganizationConfig',
      { EwsEnabled: 'True' },
      'Exchange Web Services are on for the organisation',
    ),
    'an application may use Exchange Web Services': wide(
      'Set-OrganizationConfig',
      { EwsAllowedAppIDs: APP },
      'another application may use Exchange Web Services',
    ),
    'the organisation’s list of blocked programs is emptied': wide(
      'Set-OrganizationConfig',
      { EwsBlockList: '' },
      'a program is no longer kept from Exchange Web Services, in every mailbox',
    ),
    'the organisation’s list of programs grows': wide(
      'Set-OrganizationConfig',
      { EwsAllowList: 'sync*;crm*' },
      'another program may use Exchange Web Services, in every mailbox',
    ),
    'the organisation’s list of programs no longer counts': wide(
      'Set-OrganizationConfig',
      { EwsApplicationAccessPolicy: '' },
      'programs may use Exchange Web Services, in every mailbox',
    ),
    'modern sign-in is switched off': some(
      'Set-OrganizationConfig',
      { OAuth2ClientProfileEnabled: 'False' },
      'modern sign-in is off',
    ),
    'another default authentication policy': some(
      'Set-OrganizationConfig',
      { DefaultAuthenticationPolicy: 'Old programs' },
      'another authentication policy is the default',
    ),
    'an application’s limits are taken away': {
      records: [
        cmdlet('Remove-ApplicationAccessPolicy', { Identity: `${APP}:S-1-5-21-1;${guid('policy')}` }),
      ],
      expect: { term: 'wide', key: [ADMIN, 'a policy that limits an application is gone'] },
    },
    'a policy no longer denies': wide(
      'Set-ApplicationAccessPolicy',
      { Identity: 'x', AccessRight: 'RestrictAccess' },
      'a policy that kept an application out lets it in',
    ),
    'a policy covers another group': wide(
      'Set-ApplicationAccessPolicy',
      { Identity: 'x', AccessRight: 'DenyAccess', PolicyScopeGroupId: 'Interns' },
      'an application’s policy covers other mailboxes',
    ),
    'a second policy adds mailboxes': some(
      'New-ApplicationAccessPolicy',
      { AppId: APP, AccessRight: 'RestrictAccess', PolicyScopeGroupId: 'Board' },
      'an application’s mailboxes are those of a new policy',
    ),
    'a new policy allows mere passwords': some(
      'New-AuthenticationPolicy',
      { Name: 'Old programs', AllowBasicAuthImap: 'True' },
      'signing in with a mere password is allowed (imap)',
    ),
    'phones are allowed by default': some(
      'Set-ActiveSyncOrganizationSettings',
      { DefaultAccessLevel: 'Allow' },
      'phones are allowed without asking',
    ),
    'a kind of phone is allowed': some(
      'New-ActiveSyncDeviceAccessRule',
      { QueryString: 'Other', Characteristic: 'DeviceType', AccessLevel: 'Allow' },
      'a kind of phone is allowed without asking',
    ),
  },
  quiet: {
    'doors are closed': [
      cas({ ImapEnabled: 'False', PopEnabled: '$false', EwsEnabled: 0, ActiveSyncEnabled: false }),
      cas({ SmtpClientAuthenticationDisabled: 'True' }),
      cmdlet('Set-OrganizationConfig', { EwsEnabled: 'False' }),
      cmdlet('Set-TransportConfig', { SmtpClientAuthenticationDisabled: 'True' }),
      cmdlet('Set-ActiveSyncOrganizationSettings', { DefaultAccessLevel: 'Quarantine' }),
      cmdlet('New-ActiveSyncDeviceAccessRule', { AccessLevel: 'Block' }),
      cmdlet('Set-AuthenticationPolicy', { Identity: 'x', AllowBasicAuthImap: 'False' }),
    ],
    'lists of the allowed shrink': [
      cas({ ActiveSyncAllowedDeviceIDs: '' }),
      cas({ ActiveSyncAllowedDeviceIDs: '@{Remove="C2A1F00D"}' }),
      cmdlet('Set-OrganizationConfig', { EwsAllowedAppIDs: '' }),
    ],
    'lists of the blocked grow': [
      cas({ ActiveSyncBlockedDeviceIDs: '@{Add="0BAD"}' }),
      cmdlet('Set-OrganizationConfig', {
        EwsBlockList: 'old*',
        EwsApplicationAccessPolicy: 'EnforceAllowList',
      }),
    ],
    'an application is kept out': [
      cmdlet('New-ApplicationAccessPolicy', {
        AppId: APP,
        AccessRight: 'DenyAccess',
        PolicyScopeGroupId: 'Board',
      }),
    ],
    'a policy gets another description': [
      cmdlet('Set-ApplicationAccessPolicy', { Identity: 'x', Description: 'CRM may read sales' }),
    ],
  },
})
