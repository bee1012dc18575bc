import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normaliseAddress } from './address.ts'
import { type Network, parseNetwork } from './network.ts'

function network(text: string): Network {
  const read = parseNetwork(text)
  if (typeof read === 'string') throw new Error(`${text} ${read}`)
  return read
}

describe('a network', () => {
  it.each([
    ['192.0.2.0/24', '192.0.2.0/24'],
    ['192.0.2.77/24', '192.0.2.0/24'],
    [' 192.0.2.7 ', '192.0.2.7/32'],
    ['10.0.0.0/8', '10.0.0.0/8'],
    ['2001:DB8:0::1/32', '2001:db8::/32'],
    ['2001:db8::7', '2001:db8::7/128'],
    ['::ffff:192.0.2.0/120', '192.0.2.0/24'],
    ['::ffff:192.0.2.9', '192.0.2.9/32'],
  ])('%s is %s', (given, text) => {
    expect(network(given).text).toBe(text)
  })

  it.each([
    'office',
    '',
    '192.0.2',
    '192.0.2.0/',
    '192.0.2.0/33',
    '192.0.2.0/-1',
    '192.0.2.0/24/24',
    '192.0.2.0 /24',
    '192.0.2.0/2 4',
    '192.0.2.300',
    '0x7f000001',
    '3221225985',
    '2001:db8::/129',
    '::ffff:192.0.2.0/64',
    'fe80::1%eth0',
    '192.0.2.0/24'.padEnd(200),
  ])('%j is none, and says why', given => {
    expect(parseNetwork(given)).toMatch(/^(is no network; write|has no prefix from)/)
  })

  it.each(['0.0.0.0/0', '128.0.0.0/1', '8.0.0.0/7', '::/0', '2000::/3', '2001::/15'])(
    '%s is too large to vouch for',
    given => {
      expect(parseNetwork(given)).toMatch(/^is too large a network/)
    },
  )

  it('holds the addresses that share its prefix, bit by bit, and none of the other kind', () => {
    fc.assert(
      fc.property(
        fc.tuple(fc.nat(0xffffffff), fc.nat(0xffffffff), fc.integer({ min: 8, max: 32 }), fc.nat(32)),
        ([base, other, bits, flip]) => {
          const text = (value: number) => [24, 16, 8, 0].map(by => (value >>> by) & 255).join('.')
          const address = flip === 32 ? other : (base ^ (1 << flip)) >>> 0
          const shared = bits === 32 ? base === address : base >>> (32 - bits) === address >>> (32 - bits)
          const { holds } = network(`${text(base)}/${bits}`)
          expect(holds(text(address))).toBe(shared)
          expect(holds(`2001:db8::${text(address)}`)).toBe(false)
        },
      ),
      { numRuns: 2_000, seed: 1 },
    )
  })

  it.each([
    ['2001:db8:40::/48', '2001:db8:40:1::7', true],
    ['2001:db8:40::/48', '2001:db8:41::7', false],
    ['2001:db8::/32', '192.0.2.1', false],
    ['192.0.2.0/24', '[192.0.2.1]:443', true],
    ['192.0.2.0/24', '::ffff:192.0.2.1', true],
    ['192.0.2.0/24', 'localhost', false],
  ])('%s and an address from a record, %s: %s', (given, record, held) => {
    expect(network(given).holds(normaliseAddress(record)?.text ?? record)).toBe(held)
  })
})
