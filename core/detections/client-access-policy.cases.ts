import { defineCases } from '../../test/support/cases.ts'
import { ADMIN, cmdlet, provisioning } from '../../test/support/record-cmdlets.ts'
import { guid, person, type RawRecord } from '../../test/support/records.ts'

const anna = person('anna')

const cas = (parameters: RawRecord, change: RawRecord = {}) =>
  cmdlet('Set-CASMailbox', { Identity: anna, ...parameters }, { change })
const some = (operation: string, parameters: RawRecord, what: string) =>
  ({
    records: [cmdlet(operation, parameters)],
    expect: { term: 'some', severity: 'medium', key: [ADMIN, what], actor: ADMIN, count: 1 },
  }) as const

const PHONE = 'a phone is allowed whatever the rules say'
const IMAP = 'IMAP is on'

export const cases = defineCases('client-access-policy', {
  fires: {
    'a phone is allowed by its id': {
      records: [cas({ ActiveSyncAllowedDeviceIDs: 'C2A1F00D' })],
      expect: { term: 'wide', severity: 'high', key: [ADMIN, PHONE], mailboxes: [anna], count: 1 },
    },
    'a phone is added to those allowed': {
      records: [cas({ ActiveSyncAllowedDeviceIDs: '@{Add="C2A1F00D"; Remove="0BAD"}' })],
      expect: { term: 'wide', key: [ADMIN, PHONE], mailboxes: [anna] },
    },
    'names in any case, parameters as a command line': {
      records: [
        cas(
          {},
          {
            Operation: 'SET-CASMAILBOX',
            Parameters: `-Identity ${anna} -activesyncalloweddeviceids "C2A1F00D"`,
          },
        ),
      ],
      expect: { term: 'wide', key: [ADMIN, PHONE], mailboxes: [anna] },
    },
    'a blocked phone is let go': some(
      'Set-CASMailbox',
      { Identity: anna, ActiveSyncBlockedDeviceIDs: '@{Remove="0BAD"}' },
      'a blocked phone is let go',
    ),
    'IMAP for three mailboxes is one finding': {
      records: ['anna', 'bruno', 'carla'].map(name =>
        cmdlet('Set-CASMailbox', { Identity: person(name), ImapEnabled: 'True' }),
      ),
      expect: {
        term: 'some',
        severity: 'medium',
        key: [ADMIN, IMAP],
        count: 3,
        mailboxes: ['anna', 'bruno', 'carla'].map(person),
      },
    },
    'true in other spellings': {
      records: [cas({ ImapEnabled: '$true' }), cas({ PopEnabled: 1 }), cas({ EwsEnabled: true })],
      expect: { key: [ADMIN, 'Exchange Web Services are on'], mailboxes: [anna] },
    },
    'POP is switched on': some('Set-CASMailbox', { Identity: anna, PopEnabled: 'True' }, 'POP is on'),
    'ActiveSync is switched on': some(
      'Set-CASMailbox',
      { Identity: anna, ActiveSyncEnabled: 'True' },
      'ActiveSync is on',
    ),
    'sending with a password, in one mailbox': some(
      'Set-CASMailbox',
      { Identity: anna, SmtpClientAuthenticationDisabled: 'False' },
      'sending with a password (SMTP AUTH) is on',
    ),
    'a program on one mailbox’s list': some(
      'Set-CASMailbox',
      { Identity: anna, EwsAllowList: 'sync*' },
      'another program may use Exchange Web Services',
    ),
    'one mailbox’s list of blocked programs is emptied': some(
      'Set-CASMailbox',
      { Identity: anna, EwsBlockList: '' },
      'a program is no longer kept from Exchange Web Services',
    ),
    'one mailbox’s list of programs no longer counts': some(
      'Set-CASMailbox',
      { Identity: anna, EwsApplicationAccessPolicy: 'EnforceBlockList' },
      'programs may use Exchange Web Services',
    ),
    'a switch without a value': {
      records: [
        cmdlet(
          'Set-AuthenticationPolicy',
          {},
          { change: { Parameters: '-Identity "x" -AllowBasicAuthPop' } },
        ),
      ],
      expect: { term: 'some', key: [ADMIN, 'signing in with a mere password is allowed (pop)'] },
    },
  },
  quiet: {
    'other settings': [
      cas({ OWAMailboxPolicy: 'Default', ImapUseProtocolDefaults: 'True' }),
      cmdlet('Set-OrganizationConfig', { MailTipsAllTipsEnabled: 'True' }),
      cmdlet('New-AuthenticationPolicy', { Name: 'Block it all' }),
    ],
    provisioning: [
      provisioning('Set-CASMailbox', {
        Identity: guid('anna'),
        ImapEnabled: 'True',
        ActiveSyncEnabled: 'True',
      }),
    ],
    'a change that failed': [cas({ ActiveSyncAllowedDeviceIDs: 'C2A1F00D' }, { ResultStatus: 'False' })],
  },
})
