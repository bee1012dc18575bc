import { defineCases } from '../../test/support/cases.ts'
import { applicationNames, directoryRecord, userNames } from '../../test/support/record-directory.ts'
import { guid, person, type RawRecord } from '../../test/support/records.ts'

/** Attackers' moves, each with something harmless that looks like it. The titles begin with the move. */
const [helen, anna] = [person('helen'), person('anna')]
const EXCHANGE = 'Exchange Administrator'

const grant = (operation: string, change: RawRecord = {}, name = EXCHANGE) =>
  directoryRecord(operation, { target: userNames(anna), modified: { 'Role.DisplayName': name }, change })

export const cases = defineCases('directory-role', {
  fires: {
    'case, blank and stop variants of operation and role': {
      records: [grant('', { Operation: 'ADD  member\u00a0to ROLE' }, 'EXCHANGE\u00a0administrator')],
      expect: { term: 'member', key: [helen, anna, EXCHANGE] },
    },
    'direct, by an application, without a user agent': {
      records: [
        directoryRecord('Add member to role', {
          by: `ServicePrincipal_${guid('bot')}`,
          actor: applicationNames('Bot'),
          target: userNames(anna),
          modified: { 'Role.DisplayName': EXCHANGE },
          change: { UserType: 4, UserKey: 'Not Available', ExtendedProperties: undefined },
        }),
      ],
      expect: { term: 'member', key: [`app:serviceprincipal_${guid('bot')}`, anna, EXCHANGE] },
    },
    'eligible instead of active': {
      records: [grant('Add eligible member to role')],
      expect: { term: 'member', key: [helen, anna, EXCHANGE] },
    },
    'a partner’s account, with a long name and type 9': {
      records: [
        directoryRecord('Add member to role', {
          by: `tenant: ${guid('msp')}, object: ${guid('x')}`,
          target: userNames(anna),
          modified: { 'Role.DisplayName': EXCHANGE },
          change: { UserType: 9 },
        }),
      ],
      expect: { term: 'member', key: [`tenant: ${guid('msp')}, object: ${guid('x')}`, anna, EXCHANGE] },
    },
    'late or duplicate content: one role told twice': {
      records: [grant('Add member to role'), grant('Add member to role')],
      expect: { term: 'member', count: 1, recordCount: 1 },
    },
  },
  quiet: {
    'the name of a role in another property': [
      directoryRecord('Add member to role', {
        target: userNames(anna),
        modified: { 'Role.DisplayName': 'Teams Administrator', 'User.DisplayName': EXCHANGE },
      }),
    ],
    'eligible: no longer': [grant('Remove eligible member from role')],
    'another operation: a request that PIM has yet to decide': [
      grant('Add eligible member to role in PIM requested (permanent)'),
    ],
  },
})
