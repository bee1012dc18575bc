import { AUDIT } from './audit.ts'
import type { Elsewhere, Evasion } from './evasion.ts'
import { GRAPH } from './graph.ts'
import { MACHINES } from './machines.ts'
import { READING } from './reading.ts'
import { RIGHTS } from './rights.ts'
import { RULES } from './rules.ts'
import { SIGN_INS } from './sign-ins.ts'

export const EVASIONS: readonly Evasion[] = [
  ...READING,
  ...GRAPH,
  ...RULES,
  ...RIGHTS,
  ...AUDIT,
  ...SIGN_INS,
  ...MACHINES,
]

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
