import type { Alert } from '../../../core/model/alert.ts'
import { AUDIT, at, openUser } from './shared.ts'

export const manyNetworks: Alert = {
  id: '95f1c3a7702e-1',
  incident: '95f1c3a7702e',
  revision: 1,
  tenant: 'Birchwood Ltd',
  severity: 'medium',
  kind: 'Mail read from many networks',
  headline: "Karl Bauer's mail was read from 11 networks in an hour",
  sentence:
    "Between 23:20 and 00:15 UTC k.bauer@birchwood.example's mail was opened from 11 networks. The limit is 6 in 60 " +
    'minutes.',
  facts: [
    { name: 'Mailbox', value: 'k.bauer@birchwood.example' },
    { name: 'Client', value: 'Outlook on the web' },
    {
      name: 'From',
      value: [
        ...['203.0.113.5', '203.0.113.77', '198.51.100.12', '198.51.100.61', '198.51.100.200', '192.0.2.9'],
        ...['192.0.2.33', '192.0.2.118', '2001:db8:12::7', '2001:db8:80::1', '2001:db8:fe::21'],
      ].join(', '),
    },
    { name: 'Messages', value: '96, all in Inbox' },
  ],
  timeline: {
    title: 'Messages opened per 10 minutes',
    from: at(23, 0),
    step: 600,
    bars: [0, 0, 11, 9, 17, 14, 22, 23, 0, 0],
  },
  steps: [
    'Ask Karl by phone whether he was travelling or using a privacy VPN.',
    'If not: revoke sessions on his Entra page, then reset the password.',
    'Look for new inbox rules and app consents from the same hours.',
  ],
  notKnown: 'which of the networks is his; one sign-in can be shared by a stolen token.',
  clock: { start: at(23, 20), end: at(24, 15) },
  rules: [
    {
      finding: 'f-c40e81b6',
      detection: 'mail-read-from-many-networks',
      severity: 'medium',
      count: 11,
      limit: 6,
      withinMinutes: 60,
      attack: ['T1114.002', 'T1550.001'],
    },
  ],
  links: [openUser('0f9e4b27-6d3a-4e58-b1c7-8a2d5f6e7091'), AUDIT],
  mailboxes: ['k.bauer@birchwood.example'],
  actor: 'k.bauer@birchwood.example',
}
