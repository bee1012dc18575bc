import type { Alert } from '../../../core/model/alert.ts'
import { AUDIT, at, openUser } from './shared.ts'

export const bulkRead: Alert = {
  id: '7f3a9c41d2e0-1',
  incident: '7f3a9c41d2e0',
  revision: 1,
  tenant: 'Birchwood Ltd',
  severity: 'high',
  kind: 'Bulk mail read',
  headline: "A script is reading Anna Larsen's mailbox",
  sentence:
    'Between 09:02 and 09:41 UTC a Python program opened 1,284 messages in a.larsen@birchwood.example, from 5 ' +
    'internet addresses. The limit is 500 in 60 minutes.',
  facts: [
    { name: 'Mailbox', value: 'a.larsen@birchwood.example' },
    { name: 'Read by', value: 'the owner, signed in' },
    { name: 'Client', value: 'python-requests/2.32.3 over Exchange Web Services' },
    { name: 'From', value: '203.0.113.14, 203.0.113.90, 198.51.100.7, 198.51.100.23, 192.0.2.66' },
    { name: 'Folders', value: 'Inbox 902, Sent Items 311, Finance/2026 71' },
    { name: 'Also', value: '08:55 sign-in from 203.0.113.14, not seen before' },
  ],
  timeline: {
    title: 'Messages opened per 10 minutes',
    from: at(8, 30),
    step: 600,
    bars: [4, 12, 9, 301, 344, 318, 290, 31, 0, 0],
  },
  steps: [
    'Phone Anna (do not mail): is she, or anyone for her, running a script?',
    'If not: block sign-in, then revoke sessions on her Entra page.',
    'Reset the password; check sign-in methods, inbox rules and app consents.',
    'Save the audit search for her, 7 days back, before anything else is changed.',
  ],
  notKnown: 'whether attachments were saved, and who is behind the addresses.',
  clock: { start: at(9, 2), end: at(9, 41), delivered: at(10, 18) },
  rules: [
    {
      finding: 'f-2c1d77a0',
      detection: 'bulk-mail-read',
      severity: 'high',
      count: 1284,
      limit: 500,
      withinMinutes: 60,
      attack: ['T1114.002'],
    },
  ],
  links: [openUser('3b0f6c1e-7a52-4d0e-9d0c-0c7f5d1e9a11'), AUDIT],
  mailboxes: ['a.larsen@birchwood.example'],
  actor: 'a.larsen@birchwood.example',
}
