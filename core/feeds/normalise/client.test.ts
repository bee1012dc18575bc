import { describe, expect, it } from 'vitest'
import { readClient } from './client.ts'

const EWS = 'Client=WebServices;ExchangeWebServicesProxy/CrossSite/EXCH/15.20.7249.024'

describe('a client', () => {
  it.each([
    ['Client=OWA;Action=ViaProxy', 'owa', 'Outlook on the web'],
    ['Client=OWA;Mozilla/5.0 (Windows NT 10.0) Chrome/126.0;+Preload+Preload;', 'owa', 'Outlook on the web'],
    ['Client=REST;;', 'rest', 'an app over REST or Graph'],
    ['Client=REST;Client=RESTSystem;;', 'rest', 'an app over REST or Graph'],
    ['Client=MSExchangeRPC', 'mapi', 'Outlook for desktop'],
    ['Client=OutlookService;Outlook-iOS/2.0;', 'mobile', 'Outlook-iOS/2.0'],
    ['Client=OutlookService;Outlook-Android/2.0;', 'mobile', 'Outlook-Android/2.0'],
    [
      'Client=ActiveSync;Apple-iPhone14C2/2105.236;',
      'activesync',
      'Apple-iPhone14C2/2105.236 over ActiveSync',
    ],
    ['Client=POP3/IMAP4;Protocol=IMAP4', 'imap', 'IMAP'],
    ['Client=POP3/IMAP4;Protocol=POP3', 'pop', 'POP'],
    ['Client=IMAP4;Protocol=IMAP4', 'imap', 'IMAP'],
    ['Client=WebServices;Action=ConfigureGroupMailbox', 'ews', 'Exchange Web Services'],
    [
      `${EWS}/python-requests/2.25.1[AppId=47629505-c2b6];`,
      'ews',
      'python-requests/2.25.1 over Exchange Web Services',
    ],
    ['client=webservices;;', 'ews', 'Exchange Web Services'],
    ['Client=Hub Transport', 'other', 'an unnamed client'],
    ['Mozilla/5.0', 'other', 'an unnamed client'],
    ['Thunderbird/128.0', 'other', 'Thunderbird/128.0'],
  ])('%s belongs to the family %s and is called %s', (given, family, name) => {
    expect(readClient(given)).toMatchObject({ family, name })
  })

  it.each([
    [`${EWS}/python-requests/2.25.1[AppId=47629505-c2b6];`, 'python-requests'],
    [`${EWS}/ExchangeServicesClient/15.00.0913.015[AppId=x];`, 'exchangeservicesclient'],
    [`${EWS}/[AppId=x];`, undefined],
    ['Client=WebServices;Microsoft Office/16.0 (Windows NT 10.0; Pro)[AppId=x/1];', 'office'],
    ['Client=WebServices;Action=ConfigureGroupMailbox', undefined],
    ['Client=MSExchangeRPC', undefined],
  ])('%s calls its program %s', (given, program) => {
    expect(readClient(given).program).toBe(program)
  })

  it('takes its family from the first string and its agent from any', () => {
    const lines = [
      'Client=REST;Client=RESTSystem;;',
      'Client=REST;Client=RESTSystem;UserAgent=[axios/1.7.2][AppId=x];',
      'Mozilla/5.0 GraphRunner',
    ]
    expect(readClient(lines.join('\n'))).toEqual({
      family: 'rest',
      name: 'axios/1.7.2 over REST or Graph',
      program: undefined,
      agent: expect.objectContaining({ kind: 'tool', name: 'GraphRunner' }),
    })
  })

  it('has no agent where the user agent says there is none', () => {
    const client = readClient('Client=REST;;\nClient=REST;UserAgent=[NoUserAgent][AppId=x];')
    expect(client).toMatchObject({ name: 'an app over REST or Graph', agent: undefined })
  })

  it.each(['UserAgent=[', '[AppId=', 'a', 'a/1', '[\r', '"', ' '])('is read of a long run of %j', part => {
    const { family } = readClient(`Client=WebServices;${part.repeat(1_000)}`)
    expect(family).toBe('ews')
  })
})
