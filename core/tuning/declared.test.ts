import { describe, expect, it } from 'vitest'
import { normaliseAddress } from '../feeds/normalise/address.ts'
import { UNTUNED } from './config.ts'
import { declared } from './declared.ts'

const BACKUP = '7c1f0a52-3d84-4be6-9a20-51f7e8c36d1b'
const CRM = 'e0b6a4d9-2c75-4f1e-8d33-9a1b6c0f7e24'

function address(text: string) {
  const found = normaliseAddress(text)
  if (found === undefined) throw new Error(`${text} is no address`)
  return found
}

const [OFFICE, VENDOR, ELSEWHERE, MICROSOFT, AZURE] = [
  '192.0.2.7',
  '198.51.100.9',
  '203.0.113.5',
  '52.97.1.1',
  '20.44.10.5',
].map(address)
const places = [OFFICE, VENDOR, ELSEWHERE, MICROSOFT, AZURE, undefined]

const trusts = (app: string, config: Partial<typeof UNTUNED>) => {
  const { isTrustedApp } = declared({ ...UNTUNED, ...config })
  return places.map(place => isTrustedApp(app, place))
}

describe('an application is trusted', () => {
  it.each<[string, Partial<typeof UNTUNED>, boolean[]]>([
    [
      'nowhere, where nobody named it',
      { trustedApps: [{ id: CRM }] },
      [false, false, false, false, false, false],
    ],
    [
      'anywhere, where no network is named',
      { trustedApps: [{ id: BACKUP }] },
      [true, true, true, true, true, true],
    ],
    [
      'anywhere, also where the networks of people are named',
      { trustedApps: [{ id: BACKUP }], trustedNetworks: ['192.0.2.0/24'] },
      [true, true, true, true, true, true],
    ],
    [
      'in its own networks, where it has any, and where its address tells nothing',
      { trustedApps: [{ id: BACKUP, networks: ['198.51.100.0/28'] }], trustedNetworks: ['192.0.2.0/24'] },
      [false, true, false, true, false, true],
    ],
    [
      'anywhere again, where its list of networks is empty',
      { trustedApps: [{ id: BACKUP, networks: [] }], trustedNetworks: ['192.0.2.0/24'] },
      [true, true, true, true, true, true],
    ],
  ])('%s', (_, config, expected) => {
    expect(trusts(BACKUP, config)).toEqual(expected)
  })
})

it('networks, decoys and sensitive mailboxes are those of the file', () => {
  const facts = declared({
    ...UNTUNED,
    trustedNetworks: ['192.0.2.0/24', '2001:db8:40::/48'],
    decoyMailboxes: ['old.payroll@birchwood.example'],
    sensitiveMailboxes: { finance: ['cfo@birchwood.example'], board: ['chair@birchwood.example'] },
  })
  const held = ['192.0.2.200', '2001:db8:40:7::1', '2001:db8:41::1', '192.0.3.1', '10.0.0.1']
  expect(held.map(text => facts.isTrustedNetwork(address(text)))).toEqual([true, true, false, false, false])
  expect(facts.decoys).toEqual(new Set(['old.payroll@birchwood.example']))
  expect(
    ['cfo@birchwood.example', 'chair@birchwood.example', 'ada@birchwood.example'].map(facts.isSensitive),
  ).toEqual([true, true, false])
})

it('nothing is declared where there is no file', () => {
  const facts = declared(UNTUNED)
  expect(facts.isTrustedNetwork(address('192.0.2.1'))).toBe(false)
  expect(facts.isTrustedApp(BACKUP)).toBe(false)
  expect(facts.isSensitive('ada@birchwood.example')).toBe(false)
})
