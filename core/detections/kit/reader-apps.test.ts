import { describe, expect, it } from 'vitest'
import { read } from '../../../test/support/corpus.ts'
import {
  AZURE_CLI,
  at,
  bind,
  type Client,
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
  OWA,
  person,
  SUBSTRATE,
  service,
} from '../../../test/support/records.ts'
import { appWords, readerApp } from './reader-apps.ts'

const APP = guid('an application')
const EWS = '47629505-c2b6-4a80-adb1-9b3a3d233b7b'
const reading = (client: Client, ip?: string) =>
  read([bind({ mailbox: person('anna'), at: at('09:05'), messages: messages(1), client, ip })]).map(
    readerApp,
  )[0]

describe('what somebody reads with', () => {
  it.each<[string, Client, string, string]>([
    ['Outlook on the web', OWA, OWA.AppId ?? '', 'mail-program'],
    ['desktop Outlook', OUTLOOK, OUTLOOK.AppId ?? '', 'mail-program'],
    ['Azure CLI', graphApp(AZURE_CLI), AZURE_CLI, 'dual-use'],
    ['Graph Explorer', graphApp(GRAPH_EXPLORER), GRAPH_EXPLORER, 'dual-use'],
    ['an application', graphApp(APP), APP, 'application'],
    ['a program over EWS', ews('MacOutlook/16.89'), `${EWS}/macoutlook`, 'application'],
    ['IMAP', IMAP, 'IMAP', 'application'],
    ['POP', { ClientInfoString: 'Client=POP3/IMAP4;Protocol=POP3' }, 'POP', 'application'],
    ['IMAP of an application', { ...IMAP, AppId: APP, ClientAppId: APP }, APP, 'application'],
  ])('%s', (_, client, id, kind) => {
    expect(reading(client)).toEqual({ id, kind })
  })

  it.each<[string, Client, (string | undefined)?]>([
    ['Outlook of 2021', OLD_OUTLOOK],
    ['EWS that names no program', ews('')],
    ['Graph that names no client', { ClientInfoString: 'Client=REST;;', AppId: GRAPH }],
    ['a service', service(SUBSTRATE)],
    ['a service nobody knows', service(APP), MICROSOFT_ADDRESSES[0]],
  ])('is not known of %s', (_, client, ip) => {
    expect(reading(client, ip)).toBeUndefined()
  })
})

describe('in words', () => {
  it.each([
    [AZURE_CLI, `Azure CLI (${AZURE_CLI})`],
    [APP, `the application ${APP}`],
    ['IMAP', 'a program over IMAP'],
  ])('%s is %s', (id, words) => {
    expect(appWords(id)).toBe(words)
  })
})
