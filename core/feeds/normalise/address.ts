import ipaddr from 'ipaddr.js'
import type { Address } from '../../model/address.ts'
import { microsoftNetwork } from './microsoft-networks.ts'

/** The longest address with brackets, port and zone is far shorter; nonsense of any length is not looked at. */
const LONGEST = 100

/**
 * Seen in records: `192.0.2.1`, `192.0.2.1:52378`, `[2001:db8::1]:47114`, bare IPv6, `[192.0.2.1]:1`,
 * `::ffff:192.0.2.1`, `localhost`, `0.0.0.0`, trailing blanks and plain nonsense. Cutting at the last colon is
 * wrong for bare IPv6. A zone (`fe80::1%eth0`) is dropped. `undefined` for whatever does not name a host.
 */
export function normaliseAddress(value: string): Address | undefined {
  if (value.length > LONGEST) return undefined
  const given = value.trim()
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(given)
  const host = bracketed?.[1] ?? /^(\d+\.\d+\.\d+\.\d+)[:-]\d+$/.exec(given)?.[1] ?? given
  const bare = host.replace(/%.*$/, '')
  if (!ipaddr.IPv4.isValidFourPartDecimal(bare) && !ipaddr.IPv6.isValid(bare)) return undefined
  const address = ipaddr.process(bare)
  const range = address.range()
  if (range === 'unspecified' || range === 'loopback') return undefined
  const owner = PRIVATE.has(range) ? 'private' : (microsoftNetwork(address) ?? 'public')
  return { text: address.toString(), network: networkOf(address), owner }
}

const PRIVATE = new Set(['private', 'linkLocal', 'uniqueLocal', 'carrierGradeNat'])

function networkOf(address: ipaddr.IPv4 | ipaddr.IPv6): string {
  const bits = address.kind() === 'ipv4' ? 24 : 64
  const kind = address.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6
  return `${kind.networkAddressFromCIDR(`${address.toString()}/${bits}`).toString()}/${bits}`
}
