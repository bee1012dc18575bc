import ipaddr from 'ipaddr.js'

/** A range of addresses: one address is a range of one. */
export interface Network {
  /** In CIDR form, host bits cleared: `192.0.2.0/24`, `2001:db8::/32`. */
  readonly text: string
  /** Is the address in it? Takes addresses as `normaliseAddress` writes them; `false` for what is none. */
  holds(address: string): boolean
}

/** A shorter prefix is the whole internet, or too much of it to vouch for. */
const SHORTEST = { ipv4: 8, ipv6: 16 }

/** Reads `192.0.2.7`, `192.0.2.0/24`, `2001:db8::/32`. A text that is no network comes back as what is wrong with it. */
export function parseNetwork(given: string): Network | string {
  const [host = '', bits, ...more] = given.trim().split('/')
  if (given.length > 100 || more.length > 0 || !isAddress(host) || !/^(\d{1,3})?$/.test(bits ?? ''))
    return 'is no network; write 192.0.2.0/24, 2001:db8::/32 or a single address'
  const address = ipaddr.process(host)
  const kind = address.kind()
  const most = kind === 'ipv4' ? 32 : 128
  // An IPv4 address inside IPv6 is taken as IPv4, and so its prefix is shorter by what is before it.
  const before = kind === 'ipv4' && host.includes(':') ? 96 : 0
  const prefix = bits === undefined ? most : Number(bits) - before
  if (bits === '' || prefix > most || prefix < 0)
    return `has no prefix from ${SHORTEST[kind]} to ${most} behind the /`
  if (prefix < SHORTEST[kind])
    return `is too large a network to name as one; the shortest prefix is /${SHORTEST[kind]}`
  const base = (kind === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6).networkAddressFromCIDR(`${address}/${prefix}`)
  return {
    text: `${base}/${prefix}`,
    holds(text) {
      if (!isAddress(text)) return false
      const other = ipaddr.process(text)
      return other.kind() === kind && other.match([base, prefix])
    },
  }
}

function isAddress(text: string): boolean {
  return ipaddr.IPv4.isValidFourPartDecimal(text) || (ipaddr.IPv6.isValid(text) && !text.includes('%'))
}
