import { defineCases } from '../../test/support/cases.ts'
import { ADMIN } from '../../test/support/record-cmdlets.ts'
import { activity } from '../../test/support/record-compliance.ts'
import {
  at,
  guid,
  hours,
  messages,
  minutes,
  nameValues,
  person,
  type RawRecord,
} from '../../test/support/records.ts'

const anna = person('anna')

/** Fields as public descriptions of the record name them; no record of a real tenant was at hand. */
const opened = (message: string | undefined, when = at('09:20'), change: RawRecord = {}) =>
  activity('AdminMailAccess', message ?? '', {
    at: when,
    change: {
      RecordType: 28,
      MailboxId: anna,
      ExtendedProperties: nameValues(message === undefined ? {} : { InternetMessageId: message }),
      ...change,
    },
  })
const several = (count: number, apart: number, change: RawRecord = {}) =>
  messages(count).map((message, n) => opened(message, at('09:20') + n * apart, change))

const low = { term: 'opened', severity: 'low', key: [ADMIN], mailboxes: [anna] } as const
const many = { term: 'many', severity: 'medium', count: 10, key: [ADMIN], recordCount: 10 } as const

export const cases = defineCases('explorer-mail-access', {
  fires: {
    'one message is opened': { records: several(1, 0), expect: { ...low, count: 1 } },
    'ten messages in a day': { records: several(10, minutes(5)), expect: many },
    'the tenth message one second inside the 24 hours': {
      records: [...several(9, minutes(5)), opened('<tenth@x.example>', at('09:20') + hours(24) - 1)],
      expect: many,
    },
    'nine messages in a day': { records: several(9, minutes(5)), expect: { ...low, count: 9 } },
    'one message ten times': {
      records: Array.from({ length: 10 }, (_, n) => opened('<one@x.example>', at('09:20') + minutes(n))),
      expect: { ...low, count: 1 },
    },
    'messages that are not named': {
      records: [opened(undefined), opened(undefined, at('09:25'))],
      expect: { ...low, count: 2 },
    },
    'the mailbox told by its id, among the properties': {
      records: [
        opened(undefined, at('09:20'), {
          MailboxId: undefined,
          ExtendedProperties: nameValues({ MailboxId: guid('anna'), InternetMessageId: '<one@x.example>' }),
        }),
      ],
      expect: { ...low, mailboxes: [guid('anna')] },
    },
    'the operation in another case': {
      records: several(1, 0, { Operation: 'ADMINMAILACCESS' }),
      expect: low,
    },
  },
  quiet: {
    'a message that could not be opened': several(1, 0, { ResultStatus: 'Failed' }),
    'a search in Threat Explorer, nothing opened': [
      activity('SearchViewed', 'phish', { change: { RecordType: 28 } }),
    ],
  },
})
