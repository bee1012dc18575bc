/** Mail clients as audit records show them. The ids are Microsoft's public application ids. */
export const APPS = {
  exchangeOnline: '00000002-0000-0ff1-ce00-000000000000',
  graph: '00000003-0000-0000-c000-000000000000',
  office: 'd3590ed6-52b3-4102-aeff-aad2292ab01c',
  outlook: '5d661950-3475-41cd-a2c3-d671a3162bc1',
  outlookMobile: '27922004-5251-4030-b22d-91ecd9a37ea4',
  teams: '1fec8e78-bce4-4aaf-ab1b-5451cc387264',
  teamsServices: 'cc15fd57-2c6c-4117-a88c-83b1d56b4bbe',
  substrate: '13937bba-652e-4c46-b222-3003f4d1ff97',
  search: '66a88757-258c-4c72-893c-3e8bed4d6899',
} as const

export interface Client {
  readonly ClientInfoString: string
  readonly AppId?: string
  readonly ClientAppId?: string
  readonly ClientProcessName?: string
  readonly ClientVersion?: string
}

export const OUTLOOK_CLASSIC: Client = {
  ClientInfoString: 'Client=MSExchangeRPC',
  AppId: APPS.office,
  ClientAppId: APPS.office,
  ClientProcessName: 'OUTLOOK.EXE',
  ClientVersion: '16.0.18429.20132',
}
/** Outlook on the web names only the resource; the client id is empty or absent. */
export const OWA: Client = {
  ClientInfoString: 'Client=OWA;Action=ViaProxy',
  AppId: APPS.exchangeOnline,
  ClientAppId: '',
}
/** The new Outlook for Windows is Outlook on the web in a window of its own, with an id that says so. */
export const OUTLOOK_NEW: Client = {
  ClientInfoString: 'Client=OWA;Action=ViaProxy',
  AppId: APPS.outlook,
  ClientAppId: APPS.outlook,
}
export const OUTLOOK_IOS: Client = {
  ClientInfoString: 'Client=OutlookService;Outlook-iOS/2.0;',
  AppId: APPS.outlookMobile,
  ClientAppId: APPS.outlookMobile,
}
export const OUTLOOK_ANDROID: Client = {
  ClientInfoString: 'Client=OutlookService;Outlook-Android/2.0;',
  AppId: APPS.outlookMobile,
  ClientAppId: APPS.outlookMobile,
}

/** One of Microsoft's own services: no ClientAppId, and no user agent. */
export const microsoftService = (appId: string): Client => ({
  ClientInfoString: 'Client=REST;Client=RESTSystem;;',
  AppId: appId,
})

/** An application behind Graph: AppId is the resource, ClientAppId the one who reads. */
export const graphApplication = (clientAppId: string): Client => ({
  ClientInfoString: 'Client=REST;Client=RESTSystem;;',
  AppId: APPS.graph,
  ClientAppId: clientAppId,
})

/** EWS. The caller's user agent comes after a proxy prefix, never at the start. */
export const exchangeWebServices = (userAgent: string, appId: string): Client => ({
  ClientInfoString: `Client=WebServices;ExchangeWebServicesProxy/CrossSite/EXCH/15.20.9115.017/${userAgent}[AppId=${appId}];`,
  AppId: appId,
  ClientAppId: appId,
})
