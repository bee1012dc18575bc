/** What a client leaves in a record. The ids of Microsoft's programs are public. */
export interface Client {
  readonly ClientInfoString?: string
  readonly AppId?: string
  readonly ClientAppId?: string
}

export const GRAPH = '00000003-0000-0000-c000-000000000000'
const EXCHANGE = '00000002-0000-0ff1-ce00-000000000000'
const WEB_SERVICES = '47629505-c2b6-4a80-adb1-9b3a3d233b7b'
const OFFICE = 'd3590ed6-52b3-4102-aeff-aad2292ab01c'
const OUTLOOK_MOBILE = '27922004-5251-4030-b22d-91ecd9a37ea4'
export const AZURE_CLI = '04b07795-8ddb-461a-bbee-02f9e1bf7b46'
export const GRAPH_EXPLORER = 'de8bc8b5-d9f9-48b1-a8ad-b748da725064'
export const SUBSTRATE = '98db8bd6-0cc0-4e67-9de5-f187f1cd1b41'

/** Outlook on the web names the resource only; its own id is empty. */
export const OWA: Client = {
  ClientInfoString: 'Client=OWA;Action=ViaProxy',
  AppId: EXCHANGE,
  ClientAppId: '',
}
export const OUTLOOK: Client = {
  ClientInfoString: 'Client=MSExchangeRPC',
  AppId: OFFICE,
  ClientAppId: OFFICE,
}
/** Desktop Outlook of 2021 left no ids at all. */
export const OLD_OUTLOOK: Client = { ClientInfoString: 'Client=MSExchangeRPC' }
export const OUTLOOK_IOS: Client = {
  ClientInfoString: 'Client=OutlookService;Outlook-iOS/2.0;',
  AppId: OUTLOOK_MOBILE,
  ClientAppId: OUTLOOK_MOBILE,
}
export const OUTLOOK_EWS: Client = {
  ClientInfoString: `Client=WebServices;Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.13929; Pro)[AppId=${OFFICE}];`,
  AppId: OFFICE,
}
export const IMAP: Client = { ClientInfoString: 'Client=POP3/IMAP4;Protocol=IMAP4' }

/** An application behind Graph: `AppId` is the API. The string is the one Microsoft's own services send. */
export const graphApp = (app: string): Client => ({
  ClientInfoString: 'Client=REST;Client=RESTSystem;;',
  AppId: GRAPH,
  ClientAppId: app,
})

/** One of Microsoft's own services: its id as `AppId`, and no caller. */
export const service = (app: string): Client => ({
  ClientInfoString: 'Client=REST;Client=RESTSystem;;',
  AppId: app,
})

/** EWS: the program's name comes after a proxy prefix. */
export const ews = (program: string, app = WEB_SERVICES): Client => ({
  ClientInfoString: `Client=WebServices;ExchangeWebServicesProxy/CrossSite/EXCH/15.20.7249.024/${program}[AppId=${app}];`,
  AppId: app,
  ClientAppId: app,
})

/** Addresses that Microsoft publishes for Exchange Online and sign-in. */
export const MICROSOFT_ADDRESSES = ['40.99.10.20', '20.190.160.14', '2603:1026:c09::15', '52.98.151.66']
