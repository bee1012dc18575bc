import { defineCases } from '../../test/support/cases.ts'
import { cmdlet } from '../../test/support/record-cmdlets.ts'
import { contact, forwards, setMailbox } from '../../test/support/record-mail-flow.ts'
import { inboxRule, outlookRule } from '../../test/support/record-rules.ts'
import { at, graphApp, guid, host, hours, person } from '../../test/support/records.ts'

const anna = person('anna')
const bruno = person('bruno')
const outside = 'copy@harvest.example'
const some = { SubjectContainsWords: 'invoice' }
const rule = (owner: string, to: string, ip = host(0)) => inboxRule({ ...some, ForwardTo: to }, { owner, ip })
const high = { term: 'outside', severity: 'high', count: 2, key: [outside] } as const

/** One mailbox in other letters, each for a victim of its own. */
const VARIANTS = {
  'in capitals': 'COPY@HARVEST.EXAMPLE',
  'with a prefix in capitals': 'SMTP:copy@harvest.example',
  'with a display form': '"Copy" <copy@harvest.example>',
  'with a plus': 'copy+bruno@harvest.example',
  'with a trailing dot': 'copy@harvest.example.',
  'as a guest': 'copy_harvest.example#EXT#@birchwood.onmicrosoft.example',
}

/** Moves that slip past other rules, and beside each what looks alike and is not. */
export const cases = defineCases('forwarding-fan-in', {
  fires: {
    ...Object.fromEntries(
      Object.entries(VARIANTS).map(([how, to]) => [
        `the address written another way: ${how}`,
        { records: [rule(anna, outside), rule(bruno, to)], expect: high },
      ]),
    ),
    'Gmail’s dots, tags and second name': {
      records: [rule(anna, 'x.y@gmail.com'), rule(bruno, 'xy+b@googlemail.com')],
      expect: { term: 'provider', severity: 'critical', count: 2, key: ['xy@gmail.com'] },
    },
    'another address of the caller for each victim': {
      records: [rule(anna, outside, host(0)), rule(bruno, outside, host(7))],
      expect: { ...high, addresses: ['192.0.2.10', '2001:db8:7::1'] },
    },
    'internal first: two forward to a colleague': {
      records: [rule(anna, person('carla')), rule(bruno, person('carla'))],
      expect: { term: 'inside', severity: 'low' },
    },
    'internal contact: two forward to its name': {
      records: [
        contact('Carla Birch', outside),
        setMailbox(anna, { ForwardingAddress: 'Carla Birch' }),
        setMailbox(bruno, { ForwardingAddress: 'carla birch' }),
      ],
      expect: { term: 'unknown', severity: 'medium', key: ['carla birch'] },
    },
    'desktop Outlook for one, Set-Mailbox for the other': {
      records: [outlookRule([{ ActionType: 'Redirect', Recipients: [outside] }]), forwards(bruno, outside)],
      expect: high,
    },
    'an edited rule for one, an enabled one for the other': {
      records: [
        inboxRule({ ForwardTo: outside }, { owner: anna, operation: 'Set-InboxRule' }),
        inboxRule({ ForwardTo: outside }, { owner: bruno, operation: 'Enable-InboxRule' }),
      ],
      expect: high,
    },
    'an attachment for one, a JSON list in a text for the other': {
      records: [
        inboxRule({ ForwardAsAttachmentTo: outside }, { owner: anna }),
        inboxRule({ RedirectTo: `["${outside}"]` }, { owner: bruno }),
      ],
      expect: high,
    },
    'rules made by an app, its mailboxes told by alias': {
      records: ['anna', 'bruno'].map(alias =>
        inboxRule(
          { ForwardTo: outside },
          {
            change: {
              ...graphApp(guid('a rule maker')),
              UserType: 5,
              UserId: guid('a rule maker'),
              ObjectId: `${alias}\\Copies`,
            },
          },
        ),
      ),
      expect: { ...high, actor: `app:${guid('a rule maker')}`, mailboxes: ['anna', 'bruno'] },
    },
    'across midnight and the turn of a week': {
      records: [
        inboxRule({ ForwardTo: outside }, { owner: anna, at: at('23:59', 4) }),
        inboxRule({ ForwardTo: outside }, { owner: bruno, at: at('00:01', 5) + hours(24) }),
      ],
      expect: high,
    },
    'a variant of the operation': {
      records: [
        rule(anna, outside),
        cmdlet('set–mailbox.', { identity: bruno, FORWARDINGSMTPADDRESS: outside }),
      ],
      expect: high,
    },
  },
  quiet: {
    'an address that only begins alike': [
      rule(anna, outside),
      rule(bruno, 'copy@harvest.example.test.example'),
    ],
    'dots elsewhere than at Gmail': [rule(anna, 'x.y@harvest.example'), rule(bruno, 'xy@harvest.example')],
    'quoted local parts with a plus': [
      rule(anna, '"copy+a"@harvest.example'),
      rule(bruno, '"copy+b"@harvest.example'),
    ],
    'late or duplicate content: one rule told twice': [rule(anna, outside), rule(anna, outside)],
  },
})
