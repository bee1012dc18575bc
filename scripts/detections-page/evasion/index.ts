import { AUDIT } from './audit.ts'
import type { Elsewhere, Evasion } from './evasion.ts'
import { GRAPH } from './graph.ts'
import { READING } from './reading.ts'
import { RIGHTS } from './rights.ts'
import { RULES } from './rules.ts'
import { SIGN_INS } from './sign-ins.ts'

export const EVASIONS: readonly Evasion[] = [...READING, ...GRAPH, ...RULES, ...RIGHTS, ...AUDIT, ...SIGN_INS]

export const ELSEWHERE: readonly Elsewhere[] = [
  {
    move: 'Hide a rule from every client once it is made, or make it straight in the mailbox and hidden',
    why:
      'Graph does not list such rules, so that reading the mailbox does not show them either; `Get-InboxRule -IncludeHidden` does.' +
      ' What is seen is the record of its making, where there is one.',
  },
  {
    move: 'Change a rule in desktop Outlook where we may not read rules',
    why: 'The record of the change is blank. Grant `MailboxSettings.Read`, and the rule itself is read.',
  },
  {
    move: 'Stop our subscription, or take our application’s permission or secret away',
    why: 'What no longer comes cannot be read. It takes a watch over the feed itself, and one from outside the tenant.',
  },
  {
    move: 'Read in a mailbox whose licence records no reads',
    why: 'There is no record. It takes a list of the mailboxes that have never had one.',
  },
]
