import type { Evasion } from './evasion.ts'

export const AUDIT: readonly Evasion[] = [
  {
    move: 'Switch auditing off, act, and switch it on again',
    pairs: [
      ['audit-off', 'off and on again', 'the audit log is switched on'],
      ['mailbox-audit-off', 'off and on again', 'auditing is switched on'],
      ['audit-bypass', 'an account is exempted, for an hour', 'an exemption is taken back'],
    ],
  },
  {
    move: 'Leave the well-known switch alone and take single actions out of the record',
    pairs: [
      [
        'audit-trimmed',
        'an action is taken out, as Exchange writes it',
        'actions that tell nothing of reading are taken out',
      ],
      ['audit-trimmed', 'a set takes the place of another', 'a full set takes the place of another'],
    ],
  },
  {
    move: 'Take the plan that records reads out of one user’s licence',
    pairs: [
      ['audit-trimmed', 'the plan is switched off, by name', 'somebody leaves: the licence goes whole'],
      ['audit-trimmed', 'the plan is switched off, by id', 'the plan was off before'],
    ],
  },
  {
    move: 'Switch off the warnings Microsoft gives by itself',
    pairs: [
      ['protection-tampering', 'one of Microsoft’s own warnings is switched off', 'a warning is switched on'],
    ],
  },
  {
    move: 'Stop our subscription, or take our application’s permission or secret away',
    pairs: [
      ['silence', 'collection was switched off', 'collection is started that nobody had stopped'],
      ['own-access', 'a permission we had is gone', 'a removal that failed'],
      ['own-access', 'an administrator takes our role away', 'the role of another application is taken away'],
      ['own-access', 'a secret is added to us', 'our registration is edited, its secrets repeated'],
    ],
  },
  {
    move: 'Switch recording off where the switch itself leaves no record, or faster than anybody looks',
    pairs: [
      ['silence', 'reads of a mailbox are no longer recorded', 'reads that are recorded'],
      ['silence', 'all reads stop while other records of mail come', 'reads come again that nobody missed'],
      ['silence', 'the owner was exempted the day before', 'a change of auditing that silences nobody'],
    ],
  },
]
