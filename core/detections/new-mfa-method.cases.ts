import { defineCases } from '../../test/support/cases.ts'
import { type Directory, directoryRecord, userNames } from '../../test/support/record-directory.ts'
import { BROKER, ERRORS, OFFICE_HOME, RESOURCES, signIn } from '../../test/support/record-sign-ins.ts'
import { at, guid, host, MICROSOFT_ADDRESSES, person } from '../../test/support/records.ts'

const anna = person('anna')
const registered = (given: Directory = {}) =>
  directoryRecord('User registered security info', {
    by: anna,
    target: userNames(anna),
    at: at('10:00'),
    ...given,
  })
const kit = (given: Parameters<typeof signIn>[0] = {}) =>
  signIn({ app: OFFICE_HOME, resource: OFFICE_HOME, userAgent: 'axios/1.7.9', at: at('09:30'), ...given })
/** Ten days ago, from the first network. */
const before = registered({ at: at('10:00', -10), ip: host(0) })

export const cases = defineCases('new-mfa-method', {
  fires: {
    'a method half an hour after a kit signed in': {
      records: [kit(), registered()],
      expect: {
        term: 'after-sign-in',
        severity: 'high',
        key: [anna],
        count: 1,
        actor: anna,
        notes: ['a sign-in method', 'signed in with a scripting library where phishing kits use one'],
      },
    },
    'a method a second less than a day after': {
      records: [kit({ at: at('10:00:01', -1) }), registered()],
      expect: { term: 'after-sign-in', count: 1 },
    },
    'a method in the same second': {
      records: [kit({ at: at('10:00') }), registered()],
      expect: { term: 'after-sign-in' },
    },
    'two methods and a device': {
      records: [
        kit(),
        registered(),
        directoryRecord('Add registered owner to device', { target: userNames(anna), at: at('10:01') }),
        directoryRecord('Update user', {
          by: 'Certificate',
          target: userNames(anna),
          at: at('10:02'),
          modified: { StrongAuthenticationMethod: ['[]', '[{"MethodType":6,"Default":true}]'] },
        }),
      ],
      expect: { term: 'after-sign-in', count: 3, recordCount: 4 },
    },
    'a method that a service of Entra set up': {
      records: [kit(), registered({ change: { UserId: `ServicePrincipal_${guid('A')}`, UserType: 4 } })],
      expect: { term: 'after-sign-in', actor: anna, mailboxes: [anna] },
    },
    'a device after a code typed for the broker': {
      records: [
        signIn({ app: BROKER, resource: RESOURCES.graph, request: 'Cmsi:Cmsi' }),
        directoryRecord('Register device', { by: anna, at: at('10:00'), object: anna }),
      ],
      expect: { term: 'after-sign-in' },
    },
    'a method after a password by an old protocol': {
      records: [signIn({ userAgent: 'BAV2ROPC' }), registered()],
      expect: { term: 'after-sign-in' },
    },
    'a method after somebody tried the account while it was off': {
      records: [signIn({ error: ERRORS.disabled }), registered()],
      expect: { term: 'after-sign-in' },
    },
    'across midnight: told of the day of the method': {
      records: [kit({ at: at('23:50', -1) }), registered({ at: at('00:10') })],
      expect: { term: 'after-sign-in', recordCount: 2 },
    },
    'a method from a network that is new': {
      records: [before, registered({ ip: host(1) })],
      expect: { term: 'elsewhere', severity: 'low', key: [anna, '198.51.100.0/24'], count: 1 },
    },
  },
  quiet: {
    'a method, and nothing before': [registered()],
    'a method after an honest sign-in': [signIn(), registered()],
    'a method a day after': [kit({ at: at('10:00', -1) }), registered()],
    'a method before the sign-in': [registered({ at: at('09:29:59') }), kit()],
    'a method of a colleague': [kit(), registered({ by: person('ben'), target: userNames(person('ben')) })],
    'a method that was refused': [kit(), registered({ change: { ResultStatus: 'Failure' } })],
    'a sign-in that was refused': [kit({ error: ERRORS.password }), registered()],
    'an authenticator in use': [
      kit(),
      directoryRecord('Update user', {
        target: userNames(anna),
        at: at('10:00'),
        modified: {
          StrongAuthenticationPhoneAppDetail: [
            JSON.stringify([{ Id: guid('phone'), LastAuthenticatedTimestamp: '1' }]),
            JSON.stringify([{ Id: guid('phone'), LastAuthenticatedTimestamp: '2' }]),
          ],
        },
      }),
    ],
    'a method from the network as ever': [before, registered({ ip: host(0) })],
    'a method from one of Microsoft’s networks': [before, registered({ ip: MICROSOFT_ADDRESSES[0] })],
    'a method that names no network': [before, registered()],
    'a method from a new network by somebody new': [registered({ ip: host(1) })],
  },
})
