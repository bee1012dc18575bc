import { defineCases } from '../../test/support/cases.ts'
import { cmdlet, SERVICE_HOST } from '../../test/support/record-cmdlets.ts'
import { contact, forwards, setMailbox } from '../../test/support/record-mail-flow.ts'
import { at, guid, person } from '../../test/support/records.ts'

const anna = person('anna')
const bruno = person('bruno')
const outside = 'copy@harvest.example'
const NAME = 'Projects archive'
const to = (value: string) => setMailbox(anna, { ForwardingSmtpAddress: value })
const toName = (value: string) => setMailbox(anna, { ForwardingAddress: value })
const high = { term: 'outside', severity: 'high', count: 1 } as const
const alike = {
  term: 'outside-and-hidden',
  severity: 'critical',
  notes: ['to a look-alike of your own domain'],
} as const

/** Moves that slip past other rules, and beside each what looks alike and is not. */
export const cases = defineCases('mailbox-forwarding', {
  fires: {
    'a variant of operation and names': {
      records: [
        cmdlet('SET–MAILBOX.', { IDENTITY: anna, forwardingsmtpaddress: `SMTP:${outside.toUpperCase()}` }),
      ],
      expect: high,
    },
    'parameters in another order': {
      records: [cmdlet('Set-Mailbox', { ForwardingSmtpAddress: outside, Force: 'True', Identity: anna })],
      expect: high,
    },
    'parameters as one command line': {
      records: [
        cmdlet(
          'Set-Mailbox',
          {},
          { change: { Parameters: `-Identity "${anna}" -ForwardingSmtpAddress:${outside}` } },
        ),
      ],
      expect: high,
    },
    'a look-alike that ends in ours': { records: [to('copy@notbirchwood.example')], expect: alike },
    'a look-alike that contains ours': { records: [to('copy@birchwood-mail.example')], expect: alike },
    'a sub-domain nobody listed': {
      records: [to('copy@lab.birchwood.example')],
      expect: { ...high, key: [anna, 'copy@lab.birchwood.example'], notes: [] },
    },
    'a guest pointing outside': {
      records: [to('copy_harvest.example#EXT#@birchwood.onmicrosoft.example')],
      expect: { ...high, key: [anna, outside] },
    },
    'an international domain': {
      records: [to('copy@bücher.example')],
      expect: { ...high, key: [anna, 'copy@xn--bcher-kva.example'] },
    },
    'many recipients, ours last': { records: [to(`${outside};${bruno}`)], expect: high },
    'a display form with brackets': { records: [to(`"Copy" [SMTP:${outside}]`)], expect: high },
    'an internal contact pointing outside': {
      records: [contact('Bruno Birch', outside), toName('Bruno Birch')],
      expect: { term: 'contact-outside', severity: 'high' },
    },
    'an internal contact, pointed inside: only unknown': {
      records: [contact(NAME, bruno), toName(NAME)],
      expect: { term: 'unknown-destination' },
    },
    'a contact of another name: only unknown': {
      records: [contact('Somebody else', outside), toName(NAME)],
      expect: { term: 'unknown-destination' },
    },
    'a contact of a day and a second before: only unknown': {
      records: [contact(NAME, outside, { at: at('09:20', -1) }), toName(NAME)],
      expect: { term: 'unknown-destination' },
    },
    'a contact that could not be made: only unknown': {
      records: [contact(NAME, outside, { change: { ResultStatus: 'False' } }), toName(NAME)],
      expect: { term: 'unknown-destination' },
    },
    'a partner technician by his long name': {
      records: [
        forwards(anna, outside, 'True', {
          by: `tenant: ${guid('partner')}, object: ${guid('technician')}`,
          change: { UserType: 9 },
        }),
      ],
      expect: high,
    },
    'an account that is named like the system': {
      records: [forwards(anna, outside, 'True', { by: `${SERVICE_HOST}@birchwood.example` })],
      expect: high,
    },
    'the name of the system without its type': {
      records: [forwards(anna, outside, 'True', { by: SERVICE_HOST, change: { UserType: 2 } })],
      expect: high,
    },
    'late or duplicate content': {
      records: [forwards(anna, outside), forwards(anna, outside)],
      expect: { ...high, recordCount: 1 },
    },
  },
  quiet: {
    'a variant of operation and names, inside': [
      cmdlet('SET–MAILBOX.', { IDENTITY: anna, forwardingsmtpaddress: `SMTP:${bruno.toUpperCase()}` }),
    ],
    'the firm’s first domain': [to('anna@birchwood.onmicrosoft.example')],
    'a guest’s long name, of our own': [to('anna_birchwood.example#EXT#@birchwood.onmicrosoft.example')],
    'many recipients, all ours': [to(`${bruno};${person('carla')}`)],
    'a parameter that only sounds like it': [setMailbox(anna, { ForwardingSmtpAddressHint: outside })],
    'a mailbox called like the parameter': [setMailbox('ForwardingSmtpAddress', { MaxSendSize: '35 MB' })],
    'another cmdlet that begins alike': [cmdlet('Set-MailboxPlan', { ForwardingSmtpAddress: outside })],
    'the setting is read': [cmdlet('Get-Mailbox', { ForwardingSmtpAddress: outside })],
    'the system provisions, in small letters': [
      forwards(anna, outside, 'True', { by: SERVICE_HOST.toLowerCase(), change: { UserType: '3' } }),
    ],
  },
})
