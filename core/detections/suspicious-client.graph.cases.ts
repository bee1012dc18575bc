import { defineCases } from '../../test/support/cases.ts'
import { CRM, type GraphRequest, graphRequest, objectId } from '../../test/support/record-graph.ts'
import { at, person } from '../../test/support/records.ts'

const anna = objectId('anna')

/** Mail asked for through Graph, by what calls itself so. */
const asked = (userAgent: string, change: Partial<GraphRequest> = {}) => [
  graphRequest({ at: at('09:05'), user: 'anna', path: '/v1.0/me/messages', userAgent, ...change }),
]

export const cases = defineCases('suspicious-client', {
  fires: {
    'a script with a user’s token at Graph': {
      records: asked('python-requests/2.31.0'),
      expect: { term: 'library', severity: 'medium', key: [anna, 'python-requests'], actor: anna, count: 1 },
    },
    'PowerShell that reads a mailbox over Graph': {
      records: asked('Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.17763.1971'),
      expect: { term: 'library', key: [anna, 'WindowsPowerShell'] },
    },
    'a tool at Graph, whoever’s token it is': {
      records: asked('GraphSpy/1.5', { user: undefined, path: `/beta/users/${person('bruno')}/mailFolders` }),
      expect: { term: 'tool', severity: 'critical', key: [person('bruno'), 'GraphSpy'], actor: `app:${CRM}` },
    },
    'a tool at Graph that was refused': {
      records: asked('GraphRunner', { status: 403 }),
      expect: { term: 'tool', severity: 'critical' },
    },
  },
  quiet: {
    'a server’s library at Graph': [
      ...asked('axios/1.7.2', { user: undefined, path: `/v1.0/users/${person('bruno')}/messages` }),
      ...asked('Java/17.0.1', { clientAuthMethod: '2' }),
    ],
    'a script at Graph that asks for other things than mail': asked('python-requests/2.31.0', {
      path: '/v1.0/me/events',
    }),
    'a browser at Graph': asked(
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0',
    ),
    'a trusted application at Graph, whatever it is written in': {
      records: asked('okhttp/4.12.0'),
      declared: { isTrustedApp: id => id === CRM },
    },
  },
})
