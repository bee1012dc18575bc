import { defineDetection } from '../model/detection.ts'
import { lower } from '../model/values.ts'
import { first, nameValues } from './kit/name-values.ts'
import { technique } from './kit/technique.ts'
import { single } from './kit/terms.ts'
import { many, names, opening, some, span } from './kit/words.ts'

export default defineDetection({
  id: 'explorer-mail-access',
  title: 'Mail opened in Threat Explorer',
  attack: ['T1114.002'],
  reads: ['AdminMailAccess'],
  terms: [
    {
      ...single('opened', 'messages one security administrator opened', 'medium'),
      id: 'many',
      atLeast: 10,
      withinMinutes: 1440,
    },
    single('opened', 'messages a security administrator opened', 'low'),
  ],

  *signals({ actor, body, succeeded }) {
    if (!succeeded) return
    const properties = nameValues(body.ExtendedProperties)
    const message = lower(first(properties, 'InternetMessageId'))
    const mailbox = lower(body.MailboxId) ?? lower(first(properties, 'MailboxId'))
    yield { key: [actor], measure: 'opened', mailbox, ...(message !== undefined && { members: [message] }) }
  },

  headline: ({ count }) =>
    `${count === 1 ? 'A message was' : `${many(count, 'message')} were`} opened in Threat Explorer`,

  sentence: finding => {
    const of = finding.mailboxes.length > 0 ? ` of the mailbox ${names(finding.mailboxes)}` : ''
    const limit =
      finding.term === 'many' ? ` The limit is ${finding.limit} within ${span(finding.withinMinutes)}.` : ''
    return (
      `${opening(finding)} opened ${some(finding.count, 'message')}${of} in Threat Explorer` +
      `. Mail read this way leaves no trace in the mailboxes themselves.${limit}`
    )
  },

  triage: [
    'Ask this administrator, by phone, which report or incident the messages belong to.',
    'If there is none: take the security roles from the account, block its sign-in, revoke its sessions.',
    'Look for other findings about the same account, and for who gave it its roles.',
  ],
  notKnown: 'What was done with the messages: previewed, downloaded or passed on.',
  falsePositives: [
    'Administrators who look into reported phishing',
    'A service provider who does so for you',
  ],
  notCovered: [
    'Tenants without Threat Explorer, which writes these records',
    'Lists of messages that were not opened',
  ],
  references: [technique('T1114.002')],
  covers: ['Splunk: O365 Email Access By Security Administrator'],
})
