import { defineDetection } from '../model/detection.ts'
import { publishedCalendar, shareSignals } from './kit/share-signals.ts'
import { isSystemActor } from './kit/system-actors.ts'
import { technique } from './kit/technique.ts'
import { single } from './kit/terms.ts'
import { names, opening, whose } from './kit/words.ts'

const HEADLINES = new Map([
  ['open', 'Mail opened to everyone or to somebody outside'],
  ['self', 'Somebody took another person’s mail folder'],
  ['published', 'A calendar is published on the internet'],
  ['delegate', 'New calendar delegate sees private items or meeting mail'],
  ['delegation', 'New calendar delegate'],
])

export default defineDetection({
  id: 'folder-sharing',
  title: 'Mail folder or calendar shared',
  attack: ['T1098.002', 'T1114.002'],
  reads: [
    'AddFolderPermissions',
    'ModifyFolderPermissions',
    'UpdateFolderPermissions',
    'UpdateCalendarDelegation',
    'Add-MailboxFolderPermission',
    'Set-MailboxFolderPermission',
    'Set-MailboxCalendarFolder',
  ],
  usesDomains: true,
  terms: [
    single('open', 'inboxes, sent items or whole mailboxes opened to everyone or to strangers', 'high'),
    single('self', 'mail folders of others that somebody opened to their own account', 'high'),
    single('other-folder', 'folders of another name opened to everyone or to strangers', 'medium'),
    single('delegate', 'delegates who see private items or get the meeting mail', 'medium'),
    single('published', 'calendars published with details', 'medium'),
    single('colleague', 'mail folders opened to a colleague', 'low'),
    single('delegation', 'delegates about whom the record says no more', 'low'),
  ],

  *signals(record, tenant) {
    if (!record.succeeded || isSystemActor(record)) return
    if (record.operation === 'Set-MailboxCalendarFolder') yield* publishedCalendar(record)
    else yield* shareSignals(record, tenant)
  },

  headline: ({ term }) => HEADLINES.get(term) ?? 'A mail folder is shared',

  sentence: finding => {
    const [mailbox, folder = '', member] = finding.key
    const part = folder === '\\' ? 'the whole' : `the folder ${folder.replace(/^\\/, '')}`
    const rights = names(finding.notes.filter(note => note !== ''))
    return (
      `${opening(finding)} opened ${part} of ${whose(finding) || mailbox} to ${member}` +
      `${rights === '' ? '' : ` (${rights})`}. One such change is enough for this message.`
    )
  },

  triage: [
    'Ask the owner of the mailbox, by phone, whether the folder was meant to be shared, and with whom.',
    'If not: take the permission away (Outlook: Folder permissions) and keep a picture of it.',
    'Revoke the sessions of whoever set it, then look at who has opened the folder since.',
  ],
  notKnown: 'Whether anybody has used the permission.',
  falsePositives: [
    'Team mailboxes whose inbox everyone is meant to read',
    'Assistants who look after a calendar or an inbox',
  ],
  notCovered: [
    'Calendars, contacts and tasks that are merely readable',
    'Default folders in a language the list does not have count as folders of another name',
    'What a change of calendar delegation contains, where the record does not tell',
  ],
  references: [technique('T1098.002')],
  covers: [
    'Splunk: O365 Mailbox Inbox Folder Shared with All Users',
    'Splunk: O365 Mailbox Folder Read Permission Assigned, O365 Mailbox Folder Read Permission Granted',
    'Sentinel: Rare and potentially high-risk Office operations (folder permissions)',
    'CIPP: folder permissions, calendar delegation',
  ],
})
