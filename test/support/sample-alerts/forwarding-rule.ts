import type { Alert } from '../../../core/model/alert.ts'
import { AUDIT, at, openUser } from './shared.ts'

export const forwardingRule: Alert = {
  id: '40c9d7e81b35-1',
  incident: '40c9d7e81b35',
  revision: 1,
  tenant: 'Birchwood Ltd',
  severity: 'critical',
  kind: 'Mail forwarded outside',
  headline: "New rule hides Piet de Vries' invoices and sends them out",
  sentence:
    'At 14:07 UTC a rule named "." was made in p.devries@birchwood.example: mail with "invoice", "payment" or ' +
    '"iban" goes to p.devries.office@mail.example and the original is deleted.',
  facts: [
    { name: 'Mailbox', value: 'p.devries@birchwood.example' },
    { name: 'Rule', value: '"."' },
    { name: 'Target', value: 'p.devries.office@mail.example, outside the organisation' },
    { name: 'Made from', value: '203.0.113.201, Outlook on the web' },
    { name: 'Before', value: '13:58 sign-in from that address, 14:02 4 messages read in Finance' },
    { name: 'Shape', value: 'one-character name, words about money, outside target, deletes' },
  ],
  steps: [
    'Phone Piet. Warn whoever pays invoices: no change of bank details by mail counts today.',
    'Block sign-in, revoke sessions, reset the password (not by mail).',
    'Switch the rule off and keep a picture of it; look at mailbox forwarding too.',
    'List what came in since 14:07 that the rule matched.',
  ],
  notKnown: 'whether the outbound spam policy stopped the copies.',
  clock: { start: at(14, 7), end: at(14, 7), delivered: at(15, 19) },
  rules: [
    {
      finding: 'f-11d0c9e4',
      detection: 'inbox-rule-forwards-outside',
      severity: 'critical',
      count: 1,
      limit: 1,
      attack: ['T1114.003', 'T1564.008'],
    },
  ],
  links: [openUser('a94d1c75-02be-4f6d-8a83-6f1bd1b0c9e2'), AUDIT],
  mailboxes: ['p.devries@birchwood.example'],
  actor: 'p.devries@birchwood.example',
}
