/** Where people are. All addresses are from the documentation ranges; a network is an IPv4 /24 or an IPv6 /64. */

export const OFFICE_IP = '192.0.2.10'

export const homeIp = (person: number) => `2001:db8:40:${(person + 1).toString(16)}::1b`
export const carrierIp = (person: number) => `2001:db8:c0:${(person + 1).toString(16)}::7`

/** Stands for Microsoft's datacentres, from where services and Graph applications read. */
export const serviceIp = (n: number) => `2001:db8:fd00:1::${((n % 14) + 2).toString(16)}`

/** One of the addresses Microsoft publishes for Exchange Online, where its services and Graph read from. */
export const microsoftIp = (n: number) => `2603:1026:c09::${((n % 14) + 2).toString(16)}`

/** Five addresses in four networks: rented by the hour, all over the place. */
export const INTRUDER_IPS = [
  '203.0.113.14',
  '203.0.113.77',
  '198.51.100.23',
  '2001:db8:e1:9::5',
  '2001:db8:e2:4::21',
] as const

/** Works for the way addresses are written here, not for every spelling of IPv6. */
export function networkOf(ip: string): string {
  if (!ip.includes(':')) return `${ip.split('.').slice(0, 3).join('.')}.0/24`
  return `${ip.split(':').slice(0, 4).join(':')}::/64`
}
