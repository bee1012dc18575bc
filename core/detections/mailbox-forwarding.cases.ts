import { defineCases } from '../../test/support/cases.ts'
import { ADMIN, cmdlet, provisioning } from '../../test/support/record-cmdlets.ts'
import { contact, forwards, setMailbox } from '../../test/support/record-mail-flow.ts'
import { at, person } from '../../test/support/records.ts'

const anna = person('anna')
const bruno = person('bruno')
const outside = 'copy@harvest.example'
const NAME = 'Projects archive'
const to = (value: string) => setMailbox(anna, { ForwardingSmtpAddress: value })
const toName = (value: string, more: Record<string, string> = {}) =>
  setMailbox(anna, { ForwardingAddress: value, ...more })

const high = { term: 'outside', severity: 'high', count: 1, key: [anna, outside] } as const
const critical = { term: 'outside-and-hidden', severity: 'critical', count: 1 } as const
const unknown = { term: 'unknown-destination', severity: 'medium', count: 1 } as const
const viaContact = { term: 'contact-outside', severity: 'high', count: 1 } as const

export const cases = defineCases('mailbox-forwarding', {
  fires: {
    'an administrator forwards a mailbox outside': {
      records: [forwards(anna, outside)],
      expect: { ...high, actor: ADMIN, mailboxes: [anna], notes: [] },
    },
    'to a name that the directory knows as a mail contact’s': {
      records: [toName(NAME)],
      seen: { contact: name => (name === NAME ? { address: outside } : undefined) },
      expect: {
        term: 'outside',
        key: [anna, NAME],
        notes: [`a mail contact for ${outside}`],
      },
    },
    'no copy stays': {
      records: [forwards(anna, outside, 'False')],
      expect: { ...critical, key: [anna, outside], notes: ['keeps no copy'] },
    },
    'no copy stays, the value in another spelling': {
      records: [forwards(anna, outside, '$false')],
      expect: critical,
    },
    'the owner sets it, by alias': {
      records: [setMailbox('anna', { ForwardingSmtpAddress: outside }, { by: anna })],
      expect: { ...high, actor: anna },
    },
    'an administrator, by alias': {
      records: [setMailbox('anna', { ForwardingSmtpAddress: outside })],
      expect: { key: ['anna', outside] },
    },
    'by the long path of the mailbox': {
      records: [
        cmdlet('Set-Mailbox', {
          Identity: `GBRP265A001.prod.outlook.example/Hosted/birchwood/${anna}`,
          ForwardingSmtpAddress: outside,
        }),
      ],
      expect: high,
    },
    'to two addresses, one of them ours': {
      records: [setMailbox(anna, { ForwardingSmtpAddress: outside, ForwardingAddress: bruno })],
      expect: high,
    },
    'to a name of the directory': {
      records: [toName(NAME)],
      expect: { ...unknown, key: ['projects archive'], mailboxes: [anna] },
    },
    'to a distinguished name': {
      records: [toName('CN=Archive\\, projects,OU=birchwood,DC=prod,DC=example')],
      expect: { ...unknown, key: ['archive, projects'] },
    },
    'to a path of the directory': {
      records: [toName('birchwood.onmicrosoft.example/Projects archive')],
      expect: { ...unknown, key: ['projects archive'] },
    },
    'a contact is made, and the mailbox sent to it': {
      records: [contact(NAME, outside, { at: at('09:00') }), toName('projects ARCHIVE')],
      expect: {
        ...viaContact,
        key: ['projects archive'],
        mailboxes: [anna],
        notes: [`points to ${outside}`],
      },
    },
    'a contact is made, a day before to the minute': {
      records: [contact(NAME, outside, { at: at('09:20:01', -1) }), toName(NAME)],
      expect: viaContact,
    },
    'a contact is pointed elsewhere once mail goes there': {
      records: [toName(NAME), contact(NAME, outside, { at: at('11:00') }, 'Set-MailContact')],
      expect: viaContact,
    },
    'a mail user instead of a contact, by its alias': {
      records: [
        cmdlet('New-MailUser', { Name: 'P. Archive', Alias: 'parch', ExternalEmailAddress: outside }),
        toName('parch'),
      ],
      expect: { ...viaContact, key: ['parch'] },
    },
    'a mail user with an address of our own': {
      records: [
        cmdlet('New-MailUser', {
          Name: 'P. Archive',
          ExternalEmailAddress: outside,
          PrimarySmtpAddress: person('parch'),
        }),
        toName(person('PARCH')),
      ],
      expect: { ...viaContact, key: [person('parch')], mailboxes: [anna] },
    },
    'an address of our own among those a contact is given': {
      records: [
        cmdlet(
          'Set-MailContact',
          {
            Identity: NAME,
            ExternalEmailAddress: outside,
            EmailAddresses: `SMTP:${outside};smtp:${person('parch')}`,
          },
          { at: at('11:00') },
        ),
        to(`smtp:${person('parch')}`),
      ],
      expect: { ...viaContact, key: [person('parch')] },
    },
    'a contact two mailboxes are sent to': {
      records: [contact(NAME, outside), toName(NAME), setMailbox(bruno, { ForwardingAddress: NAME })],
      expect: { ...viaContact, count: 2, mailboxes: [anna, bruno] },
    },
    'learned domains: an address elsewhere is outside': {
      learned: true,
      records: [forwards(anna, outside)],
      expect: { term: 'outside' },
    },
    'an application sets it': {
      records: [
        forwards(anna, outside, 'True', { change: { UserType: 5, ClientAppId: 'app-1', UserId: 'app-1' } }),
      ],
      expect: { ...high, actor: 'app:app-1' },
    },
  },
  quiet: {
    'to a colleague': [forwards(anna, bruno, 'False')],
    'to a colleague, and a contact of another address': [
      forwards(anna, bruno),
      cmdlet('New-MailUser', {
        Name: 'x',
        ExternalEmailAddress: outside,
        PrimarySmtpAddress: person('parch'),
      }),
    ],
    'to an address of our own, given to a contact a day before': [
      cmdlet(
        'New-MailUser',
        { Name: 'x', ExternalEmailAddress: outside, PrimarySmtpAddress: bruno },
        { at: at('09:20', -1) },
      ),
      forwards(anna, bruno),
    ],
    'to a colleague by legacy name': [toName('/o=ExchangeLabs/ou=Group/cn=Recipients/cn=bruno')],
    'forwarding is taken out': [
      setMailbox(anna, {
        ForwardingSmtpAddress: '',
        ForwardingAddress: '',
        DeliverToMailboxAndForward: 'False',
      }),
    ],
    'forwarding is taken out, the value a text for nothing': [to('<null>')],
    'other settings': [setMailbox(anna, { HiddenFromAddressListsEnabled: 'True', Language: 'en-GB' })],
    'it could not be set': [forwards(anna, outside, 'False', { change: { ResultStatus: 'False' } })],
    'Microsoft provisions a mailbox': [
      provisioning('Set-Mailbox', { Identity: 'anna', ForwardingSmtpAddress: outside }),
    ],
    'contacts alone': [
      contact(NAME, outside),
      contact('Bruno at home', 'bruno@home.example', {}, 'Set-MailContact'),
    ],
    'a setting for the whole organisation': [
      cmdlet('Set-OrganizationConfig', { ForwardingSmtpAddress: outside }),
    ],
  },
})
