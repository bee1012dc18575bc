import { defineCases } from '../../test/support/cases.ts'
import {
  BROKER,
  EDGE,
  ERRORS,
  graphSignIn,
  OFFICE,
  RESOURCES,
  type SignInEvent,
  signIn,
  TO_DO,
} from '../../test/support/record-sign-ins.ts'
import { at, guid, person } from '../../test/support/records.ts'

const anna = person('anna')
const CLI = '04b07795-8ddb-461a-bbee-02f9e1bf7b46'
const CODE = 'aebc6443-996d-45c2-90f0-388ff96faa56'
const SCRIPT = guid('a script of our own')
const PLANNER = '66375f6b-983f-4c2c-9701-d680650f588f'
const BY_CODE = { request: 'Cmsi:Cmsi', resource: RESOURCES.graph }
const BY_PASSWORD = {
  app: SCRIPT,
  request: 'OAuth2:Token',
  method: '1',
  userAgent: undefined,
  browser: 'Other',
}
const cli = (event: SignInEvent = {}) => signIn({ app: CLI, resource: RESOURCES.graph, ...event })
/** Ten days ago the user was known already, by another developer’s client. */
const KNOWN = signIn({ app: CODE, resource: RESOURCES.graph, at: at('09:05', -10) })

export const cases = defineCases('developer-client-sign-in', {
  fires: {
    'a code typed for the broker, to Graph': {
      records: [signIn({ ...BY_CODE, app: BROKER })],
      expect: { term: 'broker-code', severity: 'high', key: [anna, BROKER], count: 1, actor: anna },
    },
    'a code typed for the broker, to Exchange': {
      records: [signIn({ ...BY_CODE, app: BROKER, resource: RESOURCES.exchange })],
      expect: { term: 'broker-code', key: [anna, BROKER] },
    },
    'a code typed for Office, to Exchange': {
      records: [signIn({ request: 'Cmsi:Cmsi', app: OFFICE })],
      expect: { term: 'device-code', severity: 'medium', key: [anna, OFFICE], count: 1 },
    },
    'a script of one’s own, to Graph': {
      records: [signIn({ app: SCRIPT, resource: RESOURCES.graph, userAgent: 'python-requests/2.32.3' })],
      expect: { term: 'script', severity: 'medium', key: [anna, SCRIPT], count: 1 },
    },
    'a script of one’s own, three times': {
      records: [1, 2, 3].map(n => signIn({ app: SCRIPT, userAgent: 'okhttp/4.12', at: at(`09:0${n}`) })),
      expect: { term: 'script', count: 3, recordCount: 3 },
    },
    'a code typed for Office, as Graph tells it': {
      records: [graphSignIn({ app: OFFICE }, { authenticationProtocol: 'deviceCode' })],
      expect: { term: 'device-code', severity: 'medium', key: [anna, OFFICE], count: 1 },
    },
    'a code typed for the broker, told by both feeds': {
      records: [
        signIn({ ...BY_CODE, app: BROKER }),
        graphSignIn({ app: BROKER, resource: RESOURCES.graph }, { authenticationProtocol: 'deviceCode' }),
      ],
      expect: { term: 'broker-code', severity: 'high', key: [anna, BROKER], count: 1, recordCount: 2 },
    },
    'a bare password, as Graph tells it': {
      records: [graphSignIn({ app: SCRIPT, userAgent: '' }, { authenticationProtocol: 'ropc' })],
      expect: { term: 'password', severity: 'medium', key: [anna, SCRIPT], count: 1 },
    },
    'a bare password, to Exchange': {
      records: [signIn(BY_PASSWORD)],
      expect: { term: 'password', severity: 'medium', key: [anna, SCRIPT], count: 1 },
    },
    'Azure CLI for the first time, by somebody known for long': {
      records: [KNOWN, cli()],
      expect: { term: 'developer', severity: 'medium', key: [anna, CLI], count: 1 },
    },
    'Azure CLI again after more than a month': {
      records: [cli({ at: at('09:05', -31) }), cli()],
      expect: { term: 'developer', count: 1 },
    },
    'Azure CLI by somebody known for seven days': {
      records: [signIn({ app: CODE, resource: RESOURCES.graph, at: at('23:59', -7) }), cli()],
      expect: { term: 'developer' },
    },
    'To Do for the first time': {
      records: [signIn({ app: PLANNER, at: at('09:05', -10) }), signIn({ app: TO_DO })],
      expect: { term: 'family', severity: 'low', key: [anna, TO_DO], count: 1 },
    },
  },
  quiet: {
    'a code typed on a device that is known, as Graph tells it': [
      graphSignIn({ app: OFFICE, device: 'television' }, { authenticationProtocol: 'deviceCode' }),
    ],
    'an ordinary sign-in of Graph’s': [graphSignIn({ app: OFFICE }, { authenticationProtocol: 'oAuth2' })],
    'Outlook and the browser': [signIn(), signIn({ app: RESOURCES.exchange, resource: RESOURCES.exchange })],
    'a code typed on a device that is known': [signIn({ ...BY_CODE, app: BROKER, device: 'tablet' })],
    'a code typed for files': [signIn({ request: 'Cmsi:Cmsi', resource: RESOURCES.sharepoint })],
    'a code refused': [signIn({ ...BY_CODE, app: BROKER, error: ERRORS.password })],
    'Azure CLI, which is such a script': [cli({ userAgent: 'python-requests/2.32.3' })],
    'a script that failed': [signIn({ app: SCRIPT, userAgent: 'curl/8.5', error: ERRORS.password })],
    'a script, to files': [signIn({ app: SCRIPT, userAgent: 'curl/8.5', resource: RESOURCES.sharepoint })],
    'a bare password, to the directory': [signIn({ ...BY_PASSWORD, resource: RESOURCES.directory })],
    'a bare password, on a device that is known': [signIn({ ...BY_PASSWORD, device: 'laptop' })],
    'a password and more': [signIn({ ...BY_PASSWORD, method: '9' })],
    'a password typed into the page': [signIn({ ...BY_PASSWORD, request: 'Login:login' })],
    'a mail program that redeems a code': [signIn({ ...BY_PASSWORD, app: OFFICE })],
    'a browser at the token endpoint': [signIn({ ...BY_PASSWORD, userAgent: EDGE })],
    'a password by an old protocol: told elsewhere': [signIn({ ...BY_PASSWORD, userAgent: 'BAV2ROPC' })],
    'Azure CLI by somebody nobody knew before': [cli()],
    'Azure CLI by somebody known for six days': [
      signIn({ app: CODE, resource: RESOURCES.graph, at: at('00:00', -6) }),
      cli(),
    ],
    'Azure CLI again after a month': [cli({ at: at('09:05', -30) }), cli()],
    'Azure CLI to its own': [KNOWN, cli({ resource: RESOURCES.directory })],
    'Azure CLI on a device that is known': [KNOWN, cli({ device: 'laptop' })],
    'Azure CLI by a colleague who is new': [KNOWN, cli({ by: person('ben') })],
    'To Do again': [signIn({ app: TO_DO, at: at('09:05', -10) }), signIn({ app: TO_DO })],
    'To Do, to Graph': [
      signIn({ app: PLANNER, at: at('09:05', -10) }),
      signIn({ app: TO_DO, resource: RESOURCES.graph }),
    ],
  },
})
