import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { agentIn } from './agents.ts'

describe('an agent', () => {
  it.each([
    ['MailSniper', 'tool', 'MailSniper'],
    ['Client=WebServices;EWSEditor/1.22;', 'tool', 'EWSEditor'],
    ['Ruler/2.4', 'tool', 'Ruler'],
    ['UserAgent=[GraphRunner]', 'tool', 'GraphRunner'],
    ['TeamFiltration', 'tool', 'TeamFiltration'],
    ['AADInternals', 'tool', 'AADInternals'],
    ['python-requests/2.31 ROADtools', 'tool', 'ROADtools'],
    ['python-requests/2.25.1', 'library', 'python-requests'],
    ['…EXCH/15.20.7249.024/python-requests/2.25.1[AppId=x];', 'library', 'python-requests'],
    ['Python-urllib/3.11', 'library', 'python-urllib'],
    ['Python/3.12 aiohttp/3.9.5', 'library', 'aiohttp'],
    ['Python/3.12', 'library', 'python'],
    ['PYTHON/3.12', 'library', 'python'],
    ['Client=WebServices;curl', 'library', 'curl'],
    ['(curl)', 'library', 'curl'],
    ['UserAgent=[axios/1.7.2][AppId=x]', 'library', 'axios'],
    ['Go-http-client/1.1', 'library', 'Go-http-client'],
    ['Java/1.8.0_301', 'library', 'Java'],
    ['ExchangeServicesClient/15.00.0913.015', 'library', 'ExchangeServicesClient'],
    ['Client=Microsoft.Exchange.Powershell; Microsoft WinRM Client;', 'library', 'PowerShell'],
    ['Mozilla/5.0 WindowsPowerShell/5.1.17763', 'library', 'WindowsPowerShell'],
    ['libwww-perl/6.72', 'library', 'libwww-perl'],
  ])('%s is the %s %s', (given, kind, name) => {
    expect(agentIn(given)).toMatchObject({ kind, name })
  })

  it.each([
    '',
    'Client=OWA;Action=ViaProxy',
    'Client=REST;Client=RESTSystem;;',
    'Client=MSExchangeRPC',
    'Client=OutlookService;Outlook-iOS/2.0;',
    'Client=WebServices;Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.13929; Pro)[AppId=x];',
    'Client=WebServices;Action=ConfigureGroupMailbox',
    'UserAgent=[NoUserAgent]',
    'javascript/1.8',
    'Curlew/2.1',
    'curly',
    'my-curl/1',
    'curl-like/1',
    'curl_wrapper',
    'Nodejitsu',
    'node2',
    'Pythonista/3',
    'python3',
    'Rulers',
    'JavaScript enabled',
    'axiostat',
  ])('%s names none', given => {
    expect(agentIn(given)).toBeUndefined()
  })

  it('is TeamFiltration where it poses as one old Teams client, and no other Teams client', () => {
    const posing = 'Mozilla/5.0 (Windows NT 10.0) Teams/1.3.00.30866 Chrome/80.0 Electron/8.5.1 Safari/537.36'
    expect(agentIn(posing)).toMatchObject({ kind: 'tool', name: 'TeamFiltration' })
    expect(agentIn(posing.replace('30866', '30867'))).toBeUndefined()
    expect(agentIn(posing.replace('8.5.1', '8.5.10'))).toBeUndefined()
  })

  it('is found wherever it stands between other words', () => {
    const word = fc.stringMatching(/^[ ;/()[\]=.]{1,10}$/)
    fc.assert(
      fc.property(word, word, (before, after) => {
        expect(agentIn(`${before}python-requests${after}`)?.name).toBe('python-requests')
      }),
    )
  })
})
