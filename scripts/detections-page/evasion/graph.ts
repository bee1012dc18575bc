import type { Evasion } from './evasion.ts'

/** What only the log of Graph requests shows. */
export const GRAPH: readonly Evasion[] = [
  {
    move: 'Search, subscribe, follow changes or export mailboxes through Graph',
    pairs: [
      ['mailbox-export-api', 'an application exports by itself', 'a look at what could be exported'],
      [
        'graph-mail-access',
        'a search over everything',
        'search, subscription and bundle by who may not read mail',
      ],
      [
        'graph-mail-access',
        'a subscription by an application that may read mail',
        'search, subscription and bundle by who may not read mail',
      ],
      ['graph-mail-access', 'changes of a folder followed', 'what the application does every day'],
    ],
  },
  {
    move: 'Write the addresses of Graph requests otherwise: beta, another case, encoded, in brackets, under /users',
    pairs: [
      [
        'mailbox-export-api',
        'in disguise: beta, encoded, other case and slashes',
        'other addresses that end alike',
      ],
      [
        'graph-mail-access',
        'changes in brackets, under a user’s address',
        'a draft with an attachment, mail sent',
      ],
      ['graph-new-client', 'in disguise: beta, encoded, another case', 'requests for other things than mail'],
    ],
  },
  {
    move: 'Read mail through Graph with a stolen token, by a program the user never used',
    pairs: [
      [
        'graph-new-client',
        'a program and a network new to the user',
        'the usual program at the usual place, and on the way',
      ],
      ['suspicious-client', 'a script with a user’s token at Graph', 'a server’s library at Graph'],
    ],
  },
  {
    move: 'Fetch mail through Graph by the page, or in very many small requests',
    pairs: [
      ['graph-mail-access', 'a hundred messages a page', 'single messages, small pages'],
      ['graph-mail-access', '201 requests for messages in an hour', '200 requests for messages in an hour'],
    ],
  },
  {
    move: 'Make or change inbox rules through Graph',
    pairs: [['graph-mail-access', 'a rule made', 'a look at rules and settings']],
  },
]
