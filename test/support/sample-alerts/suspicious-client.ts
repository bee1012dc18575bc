import type { Alert } from '../../../core/model/alert.ts'
import { AUDIT, at, openUser } from './shared.ts'

export const suspiciousClient: Alert = {
  id: 'e2750bd9a813-1',
  incident: 'e2750bd9a813',
  revision: 1,
  tenant: 'Birchwood Ltd',
  severity: 'high',
  kind: 'Unusual mail client',
  headline: 'A mail-dumping tool read 37 messages of Maria Silva',
  sentence:
    'On 18 November a program calling itself "AzureHound/2.1" opened 37 messages in m.silva@birchwood.example. ' +
    'People do not read mail with it.',
  facts: [
    { name: 'Mailbox', value: 'm.silva@birchwood.example' },
    { name: 'Client', value: 'AzureHound/2.1 [update](https://updates.mail.example/now) <b>urgent</b>' },
    { name: 'From', value: '192.0.2.140' },
    { name: 'App', value: 'Microsoft Azure PowerShell (1950a258-227b-4e31-a9cf-717495945fc2)' },
  ],
  steps: [
    'Phone Maria, and ask whether a tester has been hired.',
    'If nobody knows: block sign-in, then revoke sessions on her Entra page.',
    'Reset the password and review her sign-in methods.',
  ],
  notKnown: 'what else the same sign-in opened; only mail was looked at.',
  clock: { start: at(22, 48) - 2 * 86_400, end: at(23, 12) - 2 * 86_400, delivered: at(6, 3) },
  rules: [
    {
      finding: 'f-6a3e5f02',
      detection: 'suspicious-mail-client',
      severity: 'high',
      count: 37,
      limit: 1,
      attack: ['T1114.002'],
    },
  ],
  links: [openUser('d3c8a2f4-5b61-4c9e-9f0a-2b7e6d1c8f30'), AUDIT],
  mailboxes: ['m.silva@birchwood.example'],
  actor: 'm.silva@birchwood.example',
}
