import { AUDIT } from './audit.ts'
import type { Elsewhere, Evasion } from './evasion.ts'
import { READING } from './reading.ts'
import { RIGHTS } from './rights.ts'
import { RULES } from './rules.ts'
import { SIGN_INS } from './sign-ins.ts'

export const EVASIONS: readonly Evasion[] = [...READING, ...RULES, ...RIGHTS, ...AUDIT, ...SIGN_INS]

export const ELSEWHERE: readonly Elsewhere[] = [
  {
    move: 'Change an existing rule in desktop Outlook',
    why: 'The record of it is blank. Only the rule itself, read back from the mailbox, tells what it does now.',
  },
  {
    move: 'Search, subscribe, follow changes or export mailboxes through Graph',
    why:
      'These requests are in the log of Graph requests, not in the audit log. Of the rights they need, `mail-app-role` and' +
      ' `consent-mail-scopes` tell.',
  },
  {
    move: 'Stop the function app, or take its storage away',
    why:
      'What does not run says nothing. Azure mails when the app falls silent; a monitor outside the tenant that asks the' +
      ' health function tells also when Azure is in the same hands.',
  },
  {
    move: 'Read in a mailbox whose licence records no reads',
    why: 'There is no record. It takes a list of the mailboxes that have never had one.',
  },
]
