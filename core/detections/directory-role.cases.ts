import { defineCases } from '../../test/support/cases.ts'
import {
  applicationNames,
  type Directory,
  directoryRecord,
  userNames,
} from '../../test/support/record-directory.ts'
import { at, guid, minutes, person } from '../../test/support/records.ts'

const [helen, anna] = [person('helen'), person('anna')]
const GUEST = 'tom_partner.example#EXT#@birchwood.onmicrosoft.example'

const EXCHANGE = {
  'Role.DisplayName': 'Exchange Administrator',
  'Role.TemplateId': '29232cdf-9323-42fd-ade2-1d097af3e4de',
}
const GLOBAL = {
  'Role.ObjectID': guid('role'),
  'Role.DisplayName': 'Company Administrator',
  'Role.TemplateId': '62e90394-69f5-4237-9190-012177145e10',
  'Role.WellKnownObjectName': 'TenantAdmins',
}
const role = (
  modified: Directory['modified'] & object,
  given: Directory = {},
  operation = 'Add member to role',
) => [directoryRecord(operation, { target: userNames(anna), object: anna, modified, ...given })]
const PIM_ACTOR = [
  { ID: 'MS-PIM', Type: 1 },
  { ID: '01fc33a7-78ba-4d2f-a4b7-768e336e890e', Type: 2 },
  { ID: `ServicePrincipal_${guid('pim')}`, Type: 2 },
  { ID: guid('pim'), Type: 2 },
  { ID: 'ServicePrincipal', Type: 2 },
]
const pim = {
  by: `ServicePrincipal_${guid('pim')}`,
  actor: PIM_ACTOR,
  change: { UserType: 4, UserKey: 'Not Available' },
} as const

const got = (term: string, to: string, name: string) =>
  ({ term, key: [helen, to, name], actor: helen, count: 1 }) as const

export const cases = defineCases('directory-role', {
  fires: {
    'Global Administrator, by its old name': {
      records: role(GLOBAL),
      expect: { ...got('member', anna, 'Global Administrator'), severity: 'high' },
    },
    'properties in reverse order': {
      records: role(Object.fromEntries(Object.entries(GLOBAL).reverse())),
      expect: got('member', anna, 'Global Administrator'),
    },
    'the template id alone': {
      records: role({ 'Role.TemplateId': '29232CDF-9323-42FD-ADE2-1D097AF3E4DE' }),
      expect: got('member', anna, 'Exchange Administrator'),
    },
    'the display name alone, with the quotes of Graph': {
      records: role(
        { 'role.displayname': '"Compliance Administrator"' },
        { change: { Operation: 'Add member to role' } },
      ),
      expect: got('member', anna, 'Compliance Administrator'),
    },
    'eligible for a role: it can be switched on later': {
      records: role(EXCHANGE, {}, 'Add eligible member to role'),
      expect: { ...got('member', anna, 'Exchange Administrator'), notes: ['may be switched on later'] },
    },
    'a role within a unit': {
      records: role(EXCHANGE, {}, 'Add scoped member to role'),
      expect: got('member', anna, 'Exchange Administrator'),
    },
    'a record of PIM: the role is among the targets': {
      records: role(
        {},
        {
          target: [
            { ID: 'Role_29232cdf-9323-42fd-ade2-1d097af3e4de', Type: 2 },
            { ID: 'Exchange Administrator', Type: 1 },
            ...userNames(anna),
          ],
        },
        'Add eligible member to role in PIM completed (permanent)',
      ),
      expect: got('member', anna, 'Exchange Administrator'),
    },
    'another record of PIM, for a while': {
      records: role(EXCHANGE, {}, 'Add member to role in PIM completed (timebound)'),
      expect: got('member', anna, 'Exchange Administrator'),
    },
    'a service principal, by hand': {
      records: role(EXCHANGE, { target: applicationNames('Mail sync'), object: guid('x') }),
      expect: { ...got('stranger', 'Mail sync', 'Exchange Administrator'), severity: 'critical' },
    },
    'a service principal, by a service principal': {
      records: role(GLOBAL, {
        by: `ServicePrincipal_${guid('bot')}`,
        actor: applicationNames('Bot'),
        target: applicationNames('Mail sync'),
        change: { UserType: 4, UserKey: 'Not Available' },
      }),
      expect: {
        term: 'stranger',
        key: [`app:serviceprincipal_${guid('bot')}`, 'Mail sync', 'Global Administrator'],
      },
    },
    'a guest of the tenant': {
      records: role(EXCHANGE, { target: userNames(GUEST) }),
      expect: got('stranger', GUEST.toLowerCase(), 'Exchange Administrator'),
    },
    'somebody makes himself an administrator': {
      records: role(GLOBAL, { target: userNames(helen) }),
      expect: got('member', helen, 'Global Administrator'),
    },
    'a role that resets passwords': {
      records: role({
        'Role.DisplayName': 'Helpdesk Administrator',
        'Role.TemplateId': '729827e3-9c14-49f7-bb1b-9608f156bbb8',
      }),
      expect: { ...got('passwords', anna, 'Helpdesk Administrator'), severity: 'medium' },
    },
    'a role switched on through PIM': {
      records: role(EXCHANGE, pim),
      expect: {
        term: 'pim',
        severity: 'low',
        key: [`app:serviceprincipal_${guid('pim')}`, anna, 'Exchange Administrator'],
        count: 1,
      },
    },
    'somebody who calls himself MS-PIM': {
      records: role(EXCHANGE, { actor: [{ ID: 'MS-PIM', Type: 1 }, ...userNames(helen)] }),
      expect: got('member', anna, 'Exchange Administrator'),
    },
    'a property that says what was there before': {
      records: role({ ...EXCHANGE, 'Role.TemplateId': ['', '29232cdf-9323-42fd-ade2-1d097af3e4de'] }),
      expect: got('member', anna, 'Exchange Administrator'),
    },
    'twice the same role is one finding': {
      records: [...role(EXCHANGE), ...role(EXCHANGE, { at: at('11:05') + minutes(10) })],
      expect: { ...got('member', anna, 'Exchange Administrator'), count: 2 },
    },
  },
  quiet: {
    'roles that do not reach mail': [
      ...role({
        'Role.DisplayName': 'Teams Administrator',
        'Role.TemplateId': '69091246-20e8-4a56-aa4d-066075b2a7a8',
      }),
      ...role({
        'Role.DisplayName': 'Global Reader',
        'Role.TemplateId': 'f2ef992c-3afb-46b9-b7cf-a126ee74c451',
      }),
      ...role({ 'Role.DisplayName': 'Exchange Administrators of old' }),
    ],
    'a role is taken away: it is the old value': [
      ...role({
        'Role.TemplateId': ['29232cdf-9323-42fd-ade2-1d097af3e4de', ''],
        'Role.DisplayName': ['Exchange Administrator', ''],
      }),
      ...role(EXCHANGE, {}, 'Remove member from role'),
      ...role(EXCHANGE, {}, 'Remove eligible member from role'),
    ],
    'a role that could not be given': role(GLOBAL, { change: { ResultStatus: 'Failure' } }),
    'a record without properties': role({}),
    'properties as bare names': role(
      {},
      { change: { ModifiedProperties: ['Role.DisplayName', 'Role.TemplateId'] } },
    ),
    'a group is joined': role({ 'Group.DisplayName': 'Exchange Administrator' }, {}, 'Add member to group'),
  },
})
