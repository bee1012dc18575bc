import type { Alert } from '../../../core/model/alert.ts'
import { AUDIT, at, ENTRA_APP } from './shared.ts'

export const crossMailbox: Alert = {
  id: 'b81e02f4c6aa-2',
  incident: 'b81e02f4c6aa',
  revision: 2,
  tenant: 'Birchwood Ltd',
  severity: 'medium',
  kind: 'One account, many mailboxes',
  headline: 'Birchwood CRM sync has read 14 mailboxes',
  sentence:
    'The application Birchwood CRM sync opened 212 messages in 14 mailboxes between 06:00 and 06:40 UTC. The limit ' +
    'is 8 mailboxes in 24 hours.',
  change: '14 mailboxes now, 9 when last told.',
  facts: [
    {
      name: 'Mailboxes',
      value: [
        ...['ceo', 'cfo', 'hr', 'sales', 'info', 'board', 'legal', 'it', 'press', 'orders'],
        ...['m.silva', 'k.bauer', 'p.devries', 'a.larsen'],
      ]
        .map(name => `${name}@birchwood.example`)
        .join(', '),
    },
    { name: 'How', value: 'application permission, no user present' },
    { name: 'App', value: 'Birchwood CRM sync (8d1f2a60-41be-4c8e-b6ad-90c3d1f7ec55)' },
    { name: 'From', value: '198.51.100.80' },
    { name: 'Before', value: '05:52 j.meyer@birchwood.example added the permission Mail.Read' },
  ],
  timeline: {
    title: 'Messages opened per 10 minutes',
    from: at(5, 30),
    step: 600,
    bars: [0, 0, 0, 38, 61, 52, 49, 12, 0],
  },
  steps: [
    'Ask J. Meyer and whoever owns the CRM: was access to all mailboxes meant?',
    'If yes: limit the application to the mailboxes it needs, then silence this until a date.',
    'If no: disable the enterprise application and revoke its credentials; treat it as an incident.',
  ],
  notKnown: 'what the application does with the mail.',
  clock: { start: at(6, 0), end: at(6, 40), delivered: at(7, 31) },
  rules: [
    {
      finding: 'f-90ab12de',
      detection: 'app-reads-many-mailboxes',
      severity: 'medium',
      count: 14,
      limit: 8,
      withinMinutes: 1440,
      attack: ['T1114.002'],
    },
  ],
  links: [
    {
      title: 'Open app in Entra',
      url: `${ENTRA_APP}/objectId/5e0c7d10-93a4-4a31-8d7f-1f0b6a2c4d88/appId/8d1f2a60-41be-4c8e-b6ad-90c3d1f7ec55`,
    },
    AUDIT,
  ],
  mailboxes: ['ceo@birchwood.example', 'cfo@birchwood.example', 'hr@birchwood.example'],
  actor: 'app:8d1f2a60-41be-4c8e-b6ad-90c3d1f7ec55',
}
