import ipaddr from 'ipaddr.js'

/**
 * Networks that Microsoft 365 itself reads mail from: the published Exchange Online and sign-in prefixes (the
 * "URLs and IP address ranges" page) and Microsoft's own IPv6 allocations.
 */
const SERVICE = parsed([
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
])

/** Microsoft's large IPv4 allocations: services read mail from here too, but so can whoever rents a machine in Azure. */
const AZURE = parsed([
  '20.33.0.0/16',
  '20.34.0.0/15',
  '20.36.0.0/14',
  '20.40.0.0/13',
  '20.48.0.0/12',
  '20.64.0.0/10',
  '20.128.0.0/16',
  '20.180.0.0/14',
  '20.184.0.0/13',
  '20.192.0.0/10',
  '40.74.0.0/15',
  '40.76.0.0/14',
  '40.80.0.0/12',
  '40.112.0.0/13',
  '40.120.0.0/14',
  '40.124.0.0/16',
  '40.125.0.0/17',
])

/** Whose network it is, as far as Microsoft is concerned. */
export function microsoftNetwork(address: Ip): 'microsoft' | 'azure' | undefined {
  if (holds(SERVICE, address)) return 'microsoft'
  return holds(AZURE, address) ? 'azure' : undefined
}

type Ip = ipaddr.IPv4 | ipaddr.IPv6
type Prefix = readonly [Ip, number]

function parsed(prefixes: readonly string[]): Prefix[] {
  return prefixes.map(prefix => ipaddr.parseCIDR(prefix))
}

function holds(prefixes: readonly Prefix[], address: Ip): boolean {
  return prefixes.some(
    ([network, bits]) => address.kind() === network.kind() && address.match([network, bits]),
  )
}
