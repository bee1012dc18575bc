import { defineCases } from '../../test/support/cases.ts'
import { at, bind, host, messages, minutes, person } from '../../test/support/records.ts'

const anna = person('anna')
const OFFICE = '192.0.2.0/24'
const VPN = '2001:db8:3::/48'

/** One message from each of the addresses, within half an hour. */
const from = (addresses: readonly string[], session?: string) =>
  addresses.map((ip, n) =>
    bind({
      mailbox: anna,
      at: at('09:05') + minutes(5 * n),
      messages: messages(1, n),
      ip,
      ...(session !== undefined && { session }),
    }),
  )
const networks = (count: number) => Array.from({ length: count }, (_, n) => host(n))

export const cases = defineCases('many-networks', {
  fires: {
    'four networks besides the trusted one': {
      records: from(networks(5)),
      config: { trustedNetworks: [OFFICE] },
      expect: { term: 'networks', count: 4, addresses: networks(5).slice(1).sort() },
    },
    'a network beside the trusted one': {
      records: from(networks(4)),
      config: { trustedNetworks: ['192.0.3.0/24'] },
      expect: { term: 'networks', count: 4 },
    },
  },
  quiet: {
    'three networks besides the trusted one': {
      records: from(networks(4)),
      config: { trustedNetworks: [OFFICE] },
    },
    'two networks of a session besides two trusted ones': {
      records: from(networks(4), 'office'),
      config: { trustedNetworks: [OFFICE, VPN] },
    },
    'four addresses of a trusted network': {
      records: from(['192.0.2.10', '192.0.2.11', '192.0.2.12', '192.0.2.13']),
      config: { trustedNetworks: ['192.0.2.8/29'] },
    },
  },
})
