import { defineCases } from '../../test/support/cases.ts'
import { CRM, type GraphRequest, graphRequest, objectId } from '../../test/support/record-graph.ts'
import { at, host } from '../../test/support/records.ts'

const BOX = 'MBX:e0643f21@a7809c93'
const asked = (change: Partial<GraphRequest> = {}) =>
  graphRequest({
    at: at('03:05'),
    method: 'POST',
    path: `/v1.0/admin/exchange/mailboxes/${BOX}/exportItems`,
    ip: host(1),
    userAgent: 'Export/1.0',
    ...change,
  })

const CRITICAL = { term: 'export', severity: 'critical', count: 1, key: [`app:${CRM}`, CRM] } as const

export const cases = defineCases('mailbox-export-api', {
  fires: {
    'an application exports by itself': {
      records: [asked()],
      expect: { ...CRITICAL, actor: `app:${CRM}`, mailboxes: [BOX.toLowerCase()], addresses: [host(1)] },
    },
    'in the name of a user': {
      records: [asked({ user: 'anna' })],
      expect: { ...CRITICAL, key: [objectId('anna'), CRM], actor: objectId('anna') },
    },
    'forty requests in two mailboxes are one finding': {
      records: Array.from({ length: 40 }, (_, n) =>
        asked({
          at: at('03:05') + 60 * n,
          path: `/v1.0/admin/exchange/mailboxes/MBX:${n % 2}@a/exportItems`,
        }),
      ),
      expect: { ...CRITICAL, count: 40, mailboxes: ['mbx:0@a', 'mbx:1@a'] },
    },
    'in disguise: beta, encoded, other case and slashes': {
      records: [asked({ path: '/beta//admin/Exchange/mailboxes/MBX%3Ae0%40a7/%65xportItems/?x=1' })],
      expect: { ...CRITICAL, mailboxes: ['mbx:e0@a7'] },
    },
    'with the key in brackets, the name in full': {
      records: [asked({ path: "/v1.0/admin/exchange/mailboxes('MBX:e0@a7')/microsoft.graph.exportItems()" })],
      expect: { ...CRITICAL, mailboxes: ['mbx:e0@a7'] },
    },
    'a trusted application from where it is not trusted': {
      records: [asked()],
      declared: { isTrustedApp: (id, from) => id === CRM && from?.text === host(0) },
      expect: CRITICAL,
    },
    'one that Graph refused': {
      records: [asked({ status: 403 })],
      expect: { term: 'refused', severity: 'medium', count: 1, mailboxes: [BOX.toLowerCase()] },
    },
  },
  quiet: {
    'a look at what could be exported': [
      asked({ method: 'GET', path: `/v1.0/admin/exchange/mailboxes/${BOX}/folders` }),
      asked({ method: 'GET' }),
    ],
    'an import': [asked({ path: `/v1.0/admin/exchange/mailboxes/${BOX}/createImportSession` })],
    'other addresses that end alike': [
      asked({ path: '/v1.0/sites/root/lists/1/exportItems' }),
      asked({ path: '/v1.0/admin/exchange/mailboxes' }),
      asked({ path: '/v1.0/me/messages/exportItems' }),
    ],
    'an application somebody vouched for': {
      records: [asked()],
      declared: { isTrustedApp: id => id === CRM },
    },
  },
})
