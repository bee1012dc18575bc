import type { Evasion } from './evasion.ts'

export const READING: readonly Evasion[] = [
  {
    move: 'Act across the edge of a fixed time bin',
    pairs: [
      [
        'bulk-mail-read',
        'across a bucket edge: 500 around the full hour',
        'across a bucket edge: 499 around the full hour',
      ],
      [
        'cross-mailbox-access',
        'across a bucket edge: five around the full hour',
        'across a bucket edge: four around the full hour',
      ],
      [
        'many-networks',
        'across a bucket edge: four around the full hour',
        'across a bucket edge: three around the full hour',
      ],
    ],
  },
  {
    move: 'Keep every record small: read slowly, hop between folders, sessions and addresses',
    pairs: [
      [
        'bulk-mail-read',
        'pacing and hopping over folder, session, address',
        'pacing and hopping, one message short',
      ],
      [
        'read-volume-anomaly',
        'in small portions, all day long',
        'three hundred messages where days differ much',
      ],
    ],
  },
  {
    move: 'Change the address all the time, so that counts by address fall apart',
    pairs: [
      [
        'cross-mailbox-access',
        'rotating addresses: five mailboxes, five networks',
        'rotating addresses: four mailboxes, twenty networks',
      ],
      ['many-networks', 'three networks in one session', 'three addresses in one IPv6 /64'],
      [
        'forwarding-fan-in',
        'another address of the caller for each victim',
        'two mailboxes to two addresses',
      ],
    ],
  },
  {
    move: 'Wait until a window or a memory has run out',
    pairs: [
      [
        'consent-mail-scopes',
        'consent twice, more than a week apart',
        'harmless consents, twice and by two people',
      ],
      [
        'developer-client-sign-in',
        'Azure CLI again after more than a month',
        'Azure CLI again after a month',
      ],
      ['sync-new-context', 'a device last seen 31 days ago', 'a device last seen 30 days ago'],
    ],
  },
  {
    move: 'Use programs of Microsoft that scripts can drive, such as Azure CLI',
    pairs: [
      [
        'bulk-mail-read',
        'a first-party public client: Azure CLI in two mailboxes',
        'a mail program: Outlook mobile over REST of two people',
      ],
      [
        'cross-mailbox-access',
        'a first-party public client: Azure CLI',
        'fifty people in Outlook on their phones',
      ],
      [
        'developer-client-sign-in',
        'Azure CLI for the first time, by somebody known for long',
        'Azure CLI on a device that is known',
      ],
      ['new-client-app', 'Azure CLI in a mailbox', 'what was seen in the first week'],
    ],
  },
  {
    move: 'Read as an application with no user, or as a delegate',
    pairs: [
      [
        'cross-mailbox-access',
        'app-only access with no user: the owners are named',
        'app-only access to four',
      ],
      [
        'bulk-mail-read',
        'app-only access with no user: the owners are named',
        'app-only access, one message short',
      ],
      [
        'bulk-mail-read',
        'a delegate reads a thousand in a day',
        'one message short between owner and delegate, day',
      ],
      ['app-only-access', 'an application new to the tenant', 'the usual application from the usual place'],
      [
        'first-non-owner-access',
        'a colleague looks in for the first time',
        'somebody who has been there in the first week',
      ],
    ],
  },
  {
    move: 'Leave records that name no user, or a service id as the user',
    pairs: [
      ['bulk-mail-read', 'an app with an empty user', 'one message short for an application, hour'],
      [
        'cross-mailbox-access',
        'app-only access told by a service id as user',
        'one app in a mailbox an hour',
      ],
    ],
  },
  {
    move: 'Copy the whole mailbox with desktop Outlook, which is recorded by folder',
    pairs: [
      [
        'bulk-mail-read',
        'full mailbox sync: 201 folders in half an hour',
        'full mailbox sync: 200 folders in half an hour',
      ],
      ['cross-mailbox-access', 'whole folders synced from five mailboxes', 'four mailboxes in an hour'],
      [
        'sync-new-context',
        'the whole mailbox: a dozen folders in as many seconds',
        'the usual laptop at the usual place',
      ],
    ],
  },
  {
    move: 'Read until Exchange stops recording, then read on',
    pairs: [
      ['audit-throttled', 'throttled: over Graph', 'a read that is not throttled'],
      ['bulk-mail-read', 'a thousand messages in a day, spread thin', 'one message short in a day'],
    ],
  },
  {
    move: 'Take EWS, IMAP or POP where Graph is watched',
    pairs: [
      ['bulk-mail-read', 'EWS instead of Graph', 'EWS and IMAP, one message short together'],
      ['cross-mailbox-access', 'EWS, OWA and REST in turn', 'a third-party app behind Graph in four'],
      ['mail-app-role', 'EWS/IMAP/POP instead of Graph', 'a right of that name on an API of your own'],
      ['consent-mail-scopes', 'other protocols than Graph: IMAP', 'scopes that only resemble'],
      [
        'client-access-policy',
        'EWS instead of Graph: opened again',
        'EWS instead of Graph: shut, in other spellings',
      ],
    ],
  },
  {
    move: 'Read through eDiscovery or Threat Explorer, which leaves nothing in the mailbox',
    pairs: [
      ['content-search', 'in the portal: PreviewItemDownloaded', 'an operation of the same words elsewhere'],
      ['ediscovery-export', 'in the portal: SearchExported', 'a search, which has a detection of its own'],
      [
        'ediscovery-role',
        'content read through eDiscovery: the right to do so',
        'content read through eDiscovery: looking at the group',
      ],
      ['explorer-mail-access', 'one message is opened', 'a search in Threat Explorer, nothing opened'],
    ],
  },
  {
    move: 'Come in late or twice in the records, to be missed or to be taken for more',
    pairs: [
      [
        'bulk-mail-read',
        'late or duplicate content: enough without the copies',
        'late or duplicate content: a blob delivered twice',
      ],
      [
        'cross-mailbox-access',
        'late or duplicate content: five, each told twice',
        'late or duplicate content: four, each told twice',
      ],
    ],
  },
]
