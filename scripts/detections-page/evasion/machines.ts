import type { Evasion } from './evasion.ts'

export const MACHINES: readonly Evasion[] = [
  {
    move: 'Take the mail from the laptop, where no audit log is',
    pairs: [
      ['local-mail-store', 'a mailbox packed by 7-Zip', 'Outlook at its own files'],
      ['local-mail-store', 'twenty messages written in an hour by a script', 'nineteen messages'],
    ],
  },
  {
    move: 'Call the program that takes it by the name of a mail program',
    pairs: [['local-mail-store', 'a program that is called Outlook and lies elsewhere', 'the search index']],
  },
  {
    move: 'Hide the command behind harmless ones, and tidy up after it',
    pairs: [
      ['onprem-collection-tooling', 'an export behind a harmless word', 'a word that is on no list'],
      [
        'onprem-collection-tooling',
        'an export, and its request removed within a day',
        'a row of another query',
      ],
    ],
  },
]
