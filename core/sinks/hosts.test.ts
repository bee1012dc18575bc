import { describe, expect, it } from 'vitest'
import { defang, ownDomains } from './hosts.ts'

const own = ownDomains(['a.larsen@birchwood.example'], ['Birchwood.Onmicrosoft.com'])

describe('defang', () => {
  it.each([
    ['https://evil.example/a?b', 'https[://]evil[.]example/a?b'],
    ['www.evil.co.uk', 'www[.]evil[.]co[.]uk'],
    ['http://203.0.113.66/login', 'http[://]203[.]0[.]113[.]66/login'],
    ['mailto:pay@evil.com', 'mailto[:]pay@evil[.]com'],
    ['to pay@evil.com.', 'to pay@evil[.]com.'],
    ['p.devries.office@mail.example', 'p.devries.office@mail[.]example'],
    ['evil.com@evil.org', 'evil[.]com@evil[.]org'],
    ['bad_evil.com#EXT#@birchwood.example', 'bad_evil[.]com#EXT#@birchwood.example'],
    ['birchwood.example.evil.com', 'birchwood[.]example[.]evil[.]com'],
    ['at birchwood.example', 'at birchwood[.]example'],
    ['notbirchwood.example', 'notbirchwood[.]example'],
    ['https://birchwood.example/x', 'https[://]birchwood[.]example/x'],
  ])('makes %j unclickable', (text, shown) => {
    expect(defang(text, own)).toBe(shown)
  })

  it.each([
    'a.larsen@birchwood.example',
    'K.Bauer@Birchwood.Example',
    'svc@birchwood.onmicrosoft.com',
    'the tenant birchwood.onmicrosoft.com',
    '203.0.113.14, 2001:db8::7',
    'python-requests/2.32.3',
    'T1114.002',
    'Mail.ReadWrite, User.Read.All, MailboxSettings.Read',
    'OUTLOOK.EXE 16.0, invoice.pdf',
    'Finance/2026. Old',
    'rule "."',
  ])('leaves %j as it is', text => {
    expect(defang(text, own)).toBe(text)
  })

  it('shows look-alike names in both forms', () => {
    expect(defang('gооgle.com', own)).toBe('gооgle[.]com (xn--ggle-55da[.]com)')
    expect(defang('xn--ggle-55da.com', own)).toBe('xn--ggle-55da[.]com (reads as gооgle[.]com)')
    expect(defang('x@bіrchwood.example', own)).toBe('x@bіrchwood[.]example (xn--brchwood-thh[.]example)')
  })

  it('says where a name could not be one', () => {
    expect(defang(`${'é'.repeat(120)}.com`, own)).toMatch(/ \(not a valid domain name\)$/)
  })
})

describe('ownDomains', () => {
  it('takes domains of plain addresses only', () => {
    const taken = ownDomains([
      'x@Good.example',
      'not an address',
      'y@evil.com/z',
      'y@xn--ggle-55da.com',
      'z@gооgle.com',
    ])
    expect([...taken.seen]).toEqual(['good.example'])
  })
})
