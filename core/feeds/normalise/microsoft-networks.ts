import ipaddr from 'ipaddr.js'

/**
 * Networks that Microsoft 365 itself reads mail from: the published Exchange Online and sign-in prefixes (the
 * "URLs and IP address ranges" page) and Microsoft's own IPv6 allocations. Azure's rentable IPv4 space is not
 * here on purpose: anybody can send from it.
 */
const PREFIXES = [
  '13.107.6.152/31',
  '13.107.18.10/31',
  '13.107.128.0/22',
  '20.20.32.0/19',
  '20.190.128.0/18',
  '20.231.128.0/19',
  '23.103.160.0/20',
  '40.92.0.0/15',
  '40.96.0.0/13',
  '40.104.0.0/15',
  '40.107.0.0/16',
  '40.126.0.0/18',
  '52.96.0.0/14',
  '52.100.0.0/14',
  '104.47.0.0/17',
  '132.245.0.0/16',
  '150.171.32.0/22',
  '2603:1000::/24',
  '2620:1ec::/36',
  '2a01:111::/32',
].map(prefix => ipaddr.parseCIDR(prefix))

export function isMicrosoftNetwork(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return PREFIXES.some(prefix => address.kind() === prefix[0].kind() && address.match(prefix))
}
