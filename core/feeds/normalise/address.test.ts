import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normaliseAddress } from './address.ts'

describe('an address', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1', '192.0.2.0/24'],
    ['192.0.2.1:52378', '192.0.2.1', '192.0.2.0/24'],
    ['192.0.2.1-52378', '192.0.2.1', '192.0.2.0/24'],
    ['[192.0.2.1]:12345', '192.0.2.1', '192.0.2.0/24'],
    ['192.0.2.1 ', '192.0.2.1', '192.0.2.0/24'],
    ['::ffff:192.0.2.1', '192.0.2.1', '192.0.2.0/24'],
    ['[::ffff:192.0.2.1]:12345', '192.0.2.1', '192.0.2.0/24'],
    ['2001:db8::1', '2001:db8::1', '2001:db8::/64'],
    ['[2001:db8::1]', '2001:db8::1', '2001:db8::/64'],
    ['[2001:db8::1]:47114', '2001:db8::1', '2001:db8::/64'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1', '2001:db8::/64'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ])('%s is %s in %s', (given, text, network) => {
    expect(normaliseAddress(given)).toEqual({ text, network, owner: 'public' })
  })

  it('keeps its last group, which is no port, when it is bare IPv6', () => {
    expect(normaliseAddress('2001:db8::4711')?.text).toBe('2001:db8::4711')
  })

  it.each([
    ['10.11.12.13', 'private'],
    ['172.16.0.1', 'private'],
    ['192.168.178.20', 'private'],
    ['::ffff:10.11.12.13', 'private'],
    ['[::ffff:10.11.12.13]:12345', 'private'],
    ['100.64.0.1', 'private'],
    ['169.254.1.1', 'private'],
    ['FE80::', 'private'],
    ['fe80::1%eth0', 'private'],
    ['[fe80::1%12]:443', 'private'],
    ['fd00:1:2::3', 'private'],
    ['40.99.10.20', 'microsoft'],
    ['40.126.32.1', 'microsoft'],
    ['20.190.160.14', 'microsoft'],
    ['52.98.151.66', 'microsoft'],
    ['2603:10b6:8:1f::15', 'microsoft'],
    ['[2603:1026:c09::15]:26431', 'microsoft'],
    ['2603:1100::1', 'public'],
    ['20.44.10.5', 'azure'],
    ['40.112.3.4', 'azure'],
    ['20.129.0.1', 'public'],
    ['20.20.31.255', 'public'],
    ['20.20.32.0', 'microsoft'],
    ['192.0.2.1', 'public'],
    ['203.0.113.9', 'public'],
  ])('%s is %s', (given, owner) => {
    expect(normaliseAddress(given)?.owner).toBe(owner)
  })

  it.each([
    '',
    ' ',
    '<null>',
    'localhost',
    'cool.client.local:12345',
    'NOTANIPV4 (10.9000.0.1)',
    '0.0.0.0',
    '::',
    '127.0.0.1',
    '::1',
    '[::1]:443',
    '192.0.2',
    '192.0.2.256',
    '192.0.2.01',
    '3232235777',
    '0x7f000001',
    '192.0.2.1, 192.0.2.2',
    '192.0.2.1/24',
    '[192.0.2.1',
    '2001:db8::1::2',
    ':'.repeat(100_000),
    `192.0.2.1${' '.repeat(100_000)}`,
  ])('%.30s names no host', given => {
    expect(normaliseAddress(given)).toBeUndefined()
  })

  it('is itself once normalised', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), fc.ipV4Extended(), fc.string()), given => {
        const once = normaliseAddress(given)
        if (once !== undefined) expect(normaliseAddress(once.text)).toEqual(once)
      }),
    )
  })

  it('is the same with a port, in brackets and mapped', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV6(), fc.nat(65_535), (v4, v6, port) => {
        const short = normaliseAddress(v4)
        for (const form of [`${v4}:${port}`, `[${v4}]:${port}`, `::ffff:${v4}`, `[::ffff:${v4}]:${port}`])
          expect(normaliseAddress(form)).toEqual(short)
        for (const form of [`[${v6}]`, `[${v6}]:${port}`, v6.toUpperCase()])
          expect(normaliseAddress(form)).toEqual(normaliseAddress(v6))
      }),
    )
  })

  it('shares its network with its neighbours and with nobody else', () => {
    fc.assert(
      fc.property(fc.nat(255), fc.nat(255), (a, b) => {
        const network = normaliseAddress(`192.0.2.${a}`)?.network
        expect(normaliseAddress(`192.0.2.${b}`)?.network).toBe(network)
        expect(normaliseAddress(`192.0.3.${b}`)?.network).not.toBe(network)
      }),
    )
  })
})
