import { defineCases } from '../../test/support/cases.ts'
import { ADMIN, cmdlet, provisioning, SERVICE_HOST } from '../../test/support/record-cmdlets.ts'
import { guid, person } from '../../test/support/records.ts'

/** Attackers' moves, each with something harmless that looks like it. The titles begin with the move. */
const anna = person('anna')
const PHONE = 'a phone is allowed whatever the rules say'

export const cases = defineCases('client-access-policy', {
  fires: {
    'case, blank and dash variants': {
      records: [cmdlet('set–casmailbox', { IDENTITY: anna, activesyncalloweddeviceids: '\u00a0C2A1F00D' })],
      expect: { term: 'wide', key: [ADMIN, PHONE], mailboxes: [anna] },
    },
    'EWS instead of Graph: opened again': {
      records: [cmdlet('Set-OrganizationConfig', { ewsenabled: '1' })],
      expect: { term: 'wide', key: [ADMIN, 'Exchange Web Services are on for the organisation'] },
    },
    'the SYSTEM exclusion, by a name that begins with it': {
      records: [
        provisioning(
          'Set-CASMailbox',
          { Identity: anna, ActiveSyncAllowedDeviceIDs: 'x' },
          { UserId: `${SERVICE_HOST} 2` },
        ),
      ],
      expect: { term: 'wide' },
    },
    'a partner’s account, with a long name and type 9': {
      records: [
        cmdlet(
          'Remove-ApplicationAccessPolicy',
          { Identity: 'x' },
          {
            by: `tenant: ${guid('msp')}, object: ${guid('x')}`,
            change: { UserType: 9 },
          },
        ),
      ],
      expect: { term: 'wide' },
    },
    'late or duplicate content: one phone told twice': {
      records: Array.from({ length: 2 }, () =>
        cmdlet('Set-CASMailbox', { Identity: anna, ActiveSyncAllowedDeviceIDs: 'x' }),
      ),
      expect: { term: 'wide', count: 1, recordCount: 1 },
    },
  },
  quiet: {
    'case and dash variants of another operation': [
      cmdlet('Get–CASMailbox', { Identity: anna, ActiveSyncAllowedDeviceIDs: 'x' }),
    ],
    'EWS instead of Graph: shut, in other spellings': [
      cmdlet('Set-OrganizationConfig', { EwsEnabled: '$FALSE' }),
      cmdlet('Set-OrganizationConfig', { EwsEnabled: '0' }),
      cmdlet('Set-OrganizationConfig', { EwsEnabled: '' }),
    ],
    'the SYSTEM exclusion: the process itself': [
      provisioning('Set-CASMailbox', { Identity: anna, ActiveSyncAllowedDeviceIDs: 'x' }),
    ],
  },
})
