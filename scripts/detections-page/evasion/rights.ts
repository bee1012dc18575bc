import type { Evasion } from './evasion.ts'

export const RIGHTS: readonly Evasion[] = [
  {
    move: 'Write operations, names and values another way: case, dashes, blanks, full stops',
    pairs: [
      [
        'inbox-rule-forwarding',
        'a variant of the operation: with an en dash',
        'another operation: New-InboxRules',
      ],
      ['app-credential', 'case, NBSP, dash or trailing-dot variants', 'case and dash variants of a removal'],
      ['mailbox-permission', 'case, blank and dash variants', 'another operation: Get-MailboxPermission'],
      [
        'client-access-policy',
        'case, blank and dash variants',
        'case and dash variants of another operation',
      ],
      ['audit-off', 'a variant of name and value', 'another operation: Get-AdminAuditLogConfig'],
    ],
  },
  {
    move: 'Make it look usual with a harmless step first',
    pairs: [
      [
        'mailbox-permission',
        'warming up: an administrator who did it yesterday',
        'warming up: rights that open nothing, two days running',
      ],
      [
        'sync-new-context',
        'once more the day after, as the first time was an alarm',
        'what was seen in the first week',
      ],
    ],
  },
  {
    move: 'Give an application rights inside Exchange instead of Entra',
    pairs: [
      [
        'exchange-role',
        'RBAC for Applications instead of a grant in Entra',
        'RBAC for Applications: looking at the assignments',
      ],
      [
        'mailbox-permission',
        'RBAC for Applications: register first, rights by id',
        'RBAC for Applications: registered, no rights',
      ],
    ],
  },
  {
    move: 'Have an application assign the right itself: no consent, no user agent',
    pairs: [
      [
        'mail-app-role',
        'direct appRoleAssignedTo by an app, no user agent',
        'direct appRoleAssignedTo by an app, no mail',
      ],
      [
        'directory-role',
        'direct, by an application, without a user agent',
        'the name of a role in another property',
      ],
    ],
  },
  {
    move: 'Ask for little at a time: two small consents, or a wider one soon after',
    pairs: [
      [
        'consent-mail-scopes',
        'consent twice with small scope sets',
        'harmless consents, twice and by two people',
      ],
      ['consent-mail-scopes', 're-consent within suppression: wider on the same day', 'a consent repeated'],
    ],
  },
  {
    move: 'Put the secret on the service principal instead of the application',
    pairs: [
      [
        'app-credential',
        'secret on service principal rather than application',
        'secret on service principal: taken away',
      ],
    ],
  },
  {
    move: 'Trust another sign-in service where none was trusted before',
    pairs: [
      [
        'app-credential',
        'add a federated credential where none existed',
        'a federated credential taken away',
      ],
    ],
  },
  {
    move: 'Come as a partner or as staff of the data centre, with ids for a name',
    pairs: [
      [
        'mailbox-permission',
        'a partner’s account, with a long name and type 9',
        'the SYSTEM exclusion: the process itself, in capitals',
      ],
      [
        'exchange-role',
        'a partner’s account, with a long name and type 9',
        'the SYSTEM exclusion: the process itself',
      ],
      ['cross-mailbox-access', 'a partner technician', 'the service host, type 3, by its full name'],
    ],
  },
  {
    move: 'Call an account like a process of Exchange that detections let pass',
    pairs: [
      [
        'mailbox-permission',
        'the SYSTEM exclusion, by a name that begins with it',
        'the SYSTEM exclusion: the process itself, in capitals',
      ],
      [
        'folder-sharing',
        'the SYSTEM exclusion, by a name that begins with it',
        'the SYSTEM exclusion: the process itself',
      ],
      [
        'app-credential',
        'the SYSTEM exclusion, by an application of that name',
        'the SYSTEM exclusion: a managed identity renewed by Azure',
      ],
      [
        'cross-mailbox-access',
        'an account named like the SYSTEM exclusion',
        'the real SYSTEM account, type 4',
      ],
    ],
  },
  {
    move: 'Let an application into mail, or add a domain, so that no audit record of it arrives',
    pairs: [
      ['unseen-mail-permission', 'a right on all mail', 'an observation that names no right'],
      ['unseen-domain', 'a domain that no record told of', 'an observation that names no domain'],
    ],
  },
]
