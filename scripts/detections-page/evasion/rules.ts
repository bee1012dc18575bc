import type { Evasion } from './evasion.ts'

export const RULES: readonly Evasion[] = [
  {
    move: 'Change an old rule instead of making a new one',
    pairs: [
      ['inbox-rule-forwarding', 'Set-InboxRule instead of New-', 'Set-InboxRule that forwards inside'],
      ['hiding-rule', 'Set-InboxRule instead of New-', 'Set-InboxRule with no condition: that means nothing'],
      ['suspicious-rule-name', 'an old rule is renamed', 'a change that tells no name'],
    ],
  },
  {
    move: 'Change an old rule in desktop Outlook, which leaves a blank record',
    pairs: [
      [
        'inbox-rule-forwarding',
        'a change recorded blank, the rule read back',
        'a change recorded blank, the rule read back is inside',
      ],
      [
        'hiding-rule',
        'a change recorded blank, the rule read back',
        'a change recorded blank, the rule read back files',
      ],
    ],
  },
  {
    move: 'Make the rule in a way that no record tells of, or before anybody watched',
    pairs: [
      [
        'inbox-rule-forwarding',
        'a rule that no record tells of, found by the sweep',
        'a rule that no record tells of, inside',
      ],
      [
        'suspicious-rule-name',
        'a rule that no record tells of, found by the sweep',
        'a rule found by the sweep, with an ordinary name',
      ],
      ['rule-read-back', 'one rule was there', 'rules that forward inside and file away'],
    ],
  },
  {
    move: 'Make the rule in desktop Outlook, which is recorded another way',
    pairs: [
      [
        'inbox-rule-forwarding',
        'Outlook desktop instead of a cmdlet',
        'desktop Outlook adds a rule that forwards inside',
      ],
      ['hiding-rule', 'desktop Outlook deletes and marks as read', 'desktop Outlook files by folder id'],
      [
        'suspicious-rule-name',
        'desktop Outlook adds a rule',
        'desktop Outlook stamps rules anew and tells no name',
      ],
    ],
  },
  {
    move: 'Name the folder by its id instead of its name',
    pairs: [
      ['hiding-rule', 'a folder by id instead of name', 'desktop Outlook files by folder id'],
      [
        'hiding-rule',
        'a folder told by id, its name found by reading back',
        'a change recorded blank, the rule read back files',
      ],
    ],
  },
  {
    move: 'Have an application make the rule through Graph',
    pairs: [
      ['inbox-rule-forwarding', 'a rule made by an app over Graph', 'a rule made by an app, inside'],
      ['hiding-rule', 'a rule made by an app over Graph', 'a rule made by an app over Graph, which files'],
      [
        'inbox-rule-forwarding',
        'a rule that no record tells of, found by the sweep',
        'a rule that no record tells of, inside',
      ],
      ['mail-app-role', 'MailboxSettings.ReadWrite: some-mail', 'a right that does not touch mail'],
    ],
  },
  {
    move: 'Blank the name of a rule, which hides it from clients',
    pairs: [
      ['hiding-rule', 'a hidden rule: its name is blank', 'an odd name, and nothing hidden'],
      ['inbox-rule-forwarding', 'a hidden rule: its name is blank', 'a rule named "." that forwards nothing'],
      [
        'suspicious-rule-name',
        'desktop Outlook adds a rule without a name',
        'desktop Outlook removes a rule',
      ],
    ],
  },
  {
    move: 'Forward to a domain that ends in ours, contains ours or looks like ours',
    pairs: [
      [
        'inbox-rule-forwarding',
        'a look-alike: ours under another domain',
        'a rule that forwards to the firm’s first domain',
      ],
      ['inbox-rule-forwarding', 'a sub-domain of ours that is not ours', 'a trailing dot, inside'],
      ['mailbox-forwarding', 'a look-alike that contains ours', 'the firm’s first domain'],
    ],
  },
  {
    move: 'Forward to an internal contact or guest that points outside',
    pairs: [
      ['mailbox-forwarding', 'an internal contact pointing outside', 'contacts alone'],
      ['mailbox-forwarding', 'a guest pointing outside', 'a guest’s long name, of our own'],
      ['inbox-rule-forwarding', 'a guest pointing outside', 'a legacy name in the directory'],
    ],
  },
  {
    move: 'Forward to a second mailbox inside first',
    pairs: [
      [
        'forwarding-fan-in',
        'internal first: two forward to a colleague',
        'one mailbox to a colleague, and one to a name',
      ],
    ],
  },
  {
    move: 'Put an address of ours behind the foreign one in the list',
    pairs: [
      [
        'inbox-rule-forwarding',
        'many recipients, ours last',
        'a list with semicolons, ours around it, inside',
      ],
      ['mailbox-forwarding', 'many recipients, ours last', 'many recipients, all ours'],
    ],
  },
  {
    move: 'Copy mail by a way few rules watch: Cc, moderation, a connector, a journal',
    pairs: [
      ['transport-rule', 'CopyTo instead of BlindCopyTo', 'a copy is taken out'],
      ['transport-rule', 'the manager approves mail', 'place and name'],
      ['journal-rule', 'everybody’s mail is copied outside', 'other transport settings'],
      [
        'auto-forward-guardrail',
        'an outbound connector is added',
        'connectors are described, encrypted, switched off',
      ],
    ],
  },
  {
    move: 'Edit or switch on a mail flow rule that lies dormant',
    pairs: [
      [
        'transport-rule',
        'an edited rule instead of a new one',
        'an edited rule, nothing but its audit level',
      ],
      [
        'transport-rule',
        'a dormant rule is enabled, no more is told',
        'a dormant rule that could not be enabled',
      ],
    ],
  },
  {
    move: 'Give the rule a name nobody reads, or one that sounds harmless',
    pairs: [
      ['suspicious-rule-name', 'full stops of another script for a name', 'an ordinary name: 請求書'],
      ['suspicious-rule-name', 'one letter for a name', 'an ordinary name: IT'],
      ['hiding-rule', 'a benign name lowers nothing', 'newsletters to a folder of one’s own'],
    ],
  },
  {
    move: 'Delete or move in ways few rules watch: for good, Archive, Conversation History, odd folders',
    pairs: [
      ['hiding-rule', 'PermanentDelete instead of DeleteMessage', 'PermanentDelete, switched off'],
      ['hiding-rule', 'to Conversation History', 'a custom folder with Notes in its name'],
      ['hiding-rule', 'to the archive, everything, read', 'to the archive, some, read'],
    ],
  },
  {
    move: 'Take every message without a keyword: no condition, NUL, a tiny size, an at sign',
    pairs: [
      [
        'hiding-rule',
        'keyword-free: no condition at all',
        'cover for a colleague: everything goes to somebody',
      ],
      ['hiding-rule', 'keyword-free: more than a kilobyte', 'more than ten megabytes'],
      ['inbox-rule-forwarding', 'a catch-all: every sender has an at sign', 'a rule that only moves mail'],
    ],
  },
  {
    move: 'Use keywords of another language than English',
    pairs: [
      ['hiding-rule', 'words of another language: Polish', 'a word that contains a keyword'],
      ['mailbox-search', 'words of other languages', 'everyday words'],
    ],
  },
]
