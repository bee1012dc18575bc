import { defineCases } from '../../test/support/cases.ts'
import { appRole, CRM, directoryRecord, principal, user } from '../../test/support/record-apps.ts'
import { person, type RawRecord } from '../../test/support/records.ts'

const anna = person('anna')
const key = [anna] as const

/** The record as it comes through Graph, which tells what the one who acted is called. */
const as = (name: string | undefined, record: RawRecord): RawRecord => ({
  ...record,
  ExtendedProperties: [
    { Name: 'additionalDetails', Value: '{}' },
    ...(name === undefined ? [] : [{ Name: 'InitiatedByDisplayName', Value: name }]),
  ],
})
const EXCHANGE = 'Office 365 Exchange Online'
const changed = (operation: string, event = {}) => directoryRecord(operation, user(person('ben')), {}, event)
const newSecret = directoryRecord('Add service principal credentials', principal(CRM), {})

export const cases = defineCases('actor-token', {
  fires: {
    'a secret for an application, by Exchange for a user': {
      records: [as(EXCHANGE, newSecret)],
      expect: {
        term: 'power',
        severity: 'high',
        key,
        count: 1,
        actor: anna,
        notes: ['Add service principal credentials (as Office 365 Exchange Online)'],
      },
    },
    'a right on all mail, by SharePoint for a user': {
      records: [as('office 365 sharepoint online', appRole('Mail.Read'))],
      expect: { term: 'power', key },
    },
    'a password reset, by Dataverse for a user': {
      records: [as('Dataverse', changed('Reset user password.'))],
      expect: { term: 'power', severity: 'high' },
    },
    'a new user, by Exchange for a user': {
      records: [as(EXCHANGE, changed('Add user'))],
      expect: { term: 'other', severity: 'medium', key, count: 1 },
    },
    'two changes of different reach': {
      records: [as(EXCHANGE, changed('Update user')), as(EXCHANGE, changed('Add member to role.'))],
      expect: { term: 'power', severity: 'high', key },
    },
  },
  quiet: {
    'the user himself': [as('Anna Birch', newSecret)],
    'a record that tells no name, as the Management API’s': [newSecret, as(undefined, newSecret)],
    'an application by the name of a service': [
      as(EXCHANGE, directoryRecord('Add service principal credentials', principal(CRM), {}, { byApp: CRM })),
    ],
    'a user who calls himself much like one': [as('Office 365 Exchange Online Admin', newSecret)],
    'a group made in the Exchange admin centre': [
      as(EXCHANGE, changed('Add group.')),
      as(EXCHANGE, changed('Add member to group')),
    ],
    'a feature of the tenant': [as(EXCHANGE, changed('Set directory feature on tenant.'))],
    'a change that failed': [as(EXCHANGE, changed('Add user', { change: { ResultStatus: 'Failure' } }))],
  },
})
