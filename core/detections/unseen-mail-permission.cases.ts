import { defineCases } from '../../test/support/cases.ts'
import { CRM } from '../../test/support/record-apps.ts'
import { observed } from '../../test/support/record-observed.ts'
import { at } from '../../test/support/records.ts'

const right = (permission: string, more: Readonly<Record<string, unknown>> = {}) =>
  observed({
    operation: 'MailPermissionFound',
    at: at('09:00'),
    identity: [CRM.principal, permission],
    object: CRM.principal,
    observed: {
      objectId: CRM.principal,
      appId: CRM.appId,
      name: CRM.name,
      publisher: 'unverified',
      permission,
      how: 'app',
      reach: 'all-mail',
      ...more,
    },
  })
const key = [`app:${CRM.appId}`] as const
const actor = key[0]

export const cases = defineCases('unseen-mail-permission', {
  fires: {
    'a right on all mail': {
      records: [right('Mail.Read')],
      expect: {
        term: 'all-mail',
        severity: 'medium',
        key,
        actor,
        notes: [`"CRM" (${CRM.appId}, publisher not verified): Mail.Read with no user present`],
      },
    },
    'two of them are one finding': {
      records: [right('Mail.Read'), right('Mail.Send', { reach: 'some-mail' })],
      expect: { term: 'all-mail', count: 1, recordCount: 2 },
    },
    'a right that leads to others': {
      records: [right('AppRoleAssignment.ReadWrite.All', { reach: 'power' })],
      expect: { term: 'all-mail' },
    },
    'a consent for everybody': {
      records: [right('Mail.Read', { how: 'everybody', reach: undefined, publisher: 'verified' })],
      expect: { term: 'everybody', severity: 'medium' },
    },
    'a consent of some people': {
      records: [right('Mail.Read', { how: 'people', reach: undefined })],
      expect: { term: 'some', severity: 'low' },
    },
    'a right that sends mail': {
      records: [right('Mail.Send', { reach: 'some-mail' })],
      expect: { term: 'some', severity: 'low' },
    },
    'what an application of Microsoft’s own comes with': {
      records: [right('Mail.Read', { publisher: 'microsoft' })],
      expect: { term: 'some', severity: 'low' },
    },
    'a name that tries to end its quotes': {
      records: [right('Mail.Read', { name: 'CRM" (of Microsoft): nothing', publisher: 'anything' })],
      expect: {
        notes: [
          `"CRM' (of Microsoft): nothing" (${CRM.appId}, publisher not verified): Mail.Read with no user present`,
        ],
      },
    },
  },
  quiet: {
    'an observation that names no right': [right('')],
    'one that says nothing': [
      observed({ operation: 'MailPermissionFound', at: at('09:00'), identity: ['none'] }),
    ],
  },
})
