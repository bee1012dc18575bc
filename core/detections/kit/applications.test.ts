import { describe, expect, it } from 'vitest'
import {
  type Access,
  AZURE_CLI,
  at,
  bind,
  ews,
  GRAPH,
  GRAPH_EXPLORER,
  graphApp,
  guid,
  IMAP,
  MICROSOFT_ADDRESSES,
  messages,
  OLD_OUTLOOK,
  OUTLOOK,
  OUTLOOK_EWS,
  OUTLOOK_IOS,
  OWA,
  person,
  SUBSTRATE,
  service,
  TENANT,
} from '../../../test/support/records.ts'
import { makeParser } from '../../feeds/normalise/parse.ts'
import { NOTHING_DECLARED, tenantFacts } from '../../pipeline/tenant-domains.ts'
import { countedApplication, isServiceItself, isTrusted } from './applications.ts'

const APP = guid('an application')
const MICROSOFT = MICROSOFT_ADDRESSES[2]
const EWS = '47629505-c2b6-4a80-adb1-9b3a3d233b7b'

function read(access: Partial<Access>) {
  const raw = bind({ mailbox: person('anna'), at: at('09:05'), messages: messages(1), ...access })
  const { record, rejected } = makeParser(TENANT)(raw)
  if (record === undefined) throw new Error(rejected)
  return record
}

describe('a reader is counted by application:', () => {
  it.each<[string, Partial<Access>, string | undefined]>([
    ['Outlook on the web', { client: OWA }, undefined],
    ['Outlook on the desktop', { client: OUTLOOK }, undefined],
    ['Outlook of 2021', { client: OLD_OUTLOOK }, undefined],
    ['Outlook over EWS', { client: OUTLOOK_EWS }, undefined],
    ['Outlook mobile', { client: OUTLOOK_IOS }, undefined],
    [
      'Outlook mobile over REST',
      { client: { ...OUTLOOK_IOS, ClientInfoString: 'Client=REST;;' } },
      undefined,
    ],
    ['IMAP', { client: IMAP }, undefined],
    ['a consented app over Graph', { client: graphApp(APP) }, `app:${APP}`],
    ['a consented app over Graph, from Microsoft', { client: graphApp(APP), ip: MICROSOFT }, `app:${APP}`],
    ['a consented app over EWS', { client: ews('Sync/1.0', APP) }, `app:${APP}`],
    ['a script over EWS', { client: ews('python-requests/2.25.1') }, `app:${EWS}/python-requests`],
    ['EWS that names no program', { client: ews('') }, undefined],
    [
      'Graph that names no client',
      { client: { ClientInfoString: 'Client=REST;;', AppId: GRAPH } },
      undefined,
    ],
    ['Azure CLI', { client: graphApp(AZURE_CLI) }, `app:${AZURE_CLI}`],
    ['Graph Explorer', { client: graphApp(GRAPH_EXPLORER) }, `app:${GRAPH_EXPLORER}`],
    ['an app by itself', { app: APP }, `app:${APP}`],
    [
      'an app by itself, over MAPI',
      { app: APP, client: { ClientInfoString: 'Client=MSExchangeRPC', ClientAppId: APP } },
      `app:${APP}`,
    ],
    [
      'an app by itself, no id',
      { client: {}, change: { UserType: 5, UserKey: '', UserId: 'ServicePrincipal_x' } },
      'app:serviceprincipal_x',
    ],
    ['RESTSystem alone, from Microsoft', { client: service(APP), ip: MICROSOFT }, undefined],
    ['RESTSystem alone, from elsewhere', { client: service(APP) }, `app:${APP}`],
    ['Substrate from anywhere', { client: service(SUBSTRATE) }, undefined],
    ['Substrate as an application', { client: service(SUBSTRATE), app: SUBSTRATE }, undefined],
  ])('%s', (_, access, counted) => {
    expect(countedApplication(read(access))).toBe(counted)
  })

  it.each<[string, Partial<Access>, boolean]>([
    ['RESTSystem alone, from Microsoft', { client: service(APP), ip: MICROSOFT }, true],
    ['RESTSystem alone, from Azure', { client: service(APP), ip: '20.44.10.5' }, true],
    ['RESTSystem alone, from elsewhere', { client: service(APP), ip: '203.0.113.7' }, false],
    ['RESTSystem behind Graph, from Microsoft', { client: graphApp(APP), ip: MICROSOFT }, false],
    ['an app by itself, from Microsoft', { app: APP, ip: MICROSOFT }, false],
    ['Outlook on the web, from Microsoft', { client: OWA, ip: MICROSOFT }, false],
    ['no id at all, from Microsoft', { client: OLD_OUTLOOK, ip: MICROSOFT }, false],
    ['Substrate', { client: service(SUBSTRATE) }, true],
    ['an id that only resembles Substrate’s', { client: graphApp(`x${SUBSTRATE.slice(1)}`) }, false],
  ])('the service itself or not: %s', (_, access, is) => {
    expect(isServiceItself(read(access))).toBe(is)
  })
})

describe('an application is trusted', () => {
  const vouchedFor = (...apps: readonly string[]) =>
    tenantFacts(TENANT, new Set(), true, { ...NOTHING_DECLARED, isTrustedApp: app => apps.includes(app) })
  const byItself = read({ app: APP })

  it('where somebody vouched for it, by itself or in a user’s name', () => {
    expect(isTrusted(byItself, vouchedFor(APP))).toBe(true)
    expect(isTrusted(read({ client: graphApp(APP), ip: MICROSOFT }), vouchedFor(APP))).toBe(true)
    expect(isTrusted(byItself, vouchedFor(guid('another')))).toBe(false)
    expect(isTrusted(byItself, vouchedFor())).toBe(false)
  })

  it('never where its id is that of many programs', () => {
    const everything = tenantFacts(TENANT, new Set(), true, {
      ...NOTHING_DECLARED,
      isTrustedApp: () => true,
    })
    for (const client of [OWA, OUTLOOK, OUTLOOK_IOS, OLD_OUTLOOK, IMAP, ews('python-requests/2.32.3')])
      expect(isTrusted(read({ client }), everything)).toBe(false)
  })
})
