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
    move: 'Change an existing rule in desktop Outlook',
    why: 'The record of it is blank. Only the rule itself, read back from the mailbox, tells what it does now.',
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
