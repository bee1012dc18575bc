import { defineDetection } from '../model/detection.ts'
import { toldOf } from './kit/directory-apps.ts'
import { technique } from './kit/technique.ts'
import { single } from './kit/terms.ts'
import { unseenRight } from './kit/unseen-rights.ts'
import { when } from './kit/words.ts'

export default defineDetection({
  id: 'unseen-mail-permission',
  title: 'Right on mail that no record tells of',
  attack: ['T1098.003', 'T1528'],
  reads: ['MailPermissionFound'],
  terms: [
    single('all-mail', 'rights on all mail, or that lead there, that no record told of', 'medium'),
    single('everybody', 'consents for everybody that no record told of', 'medium'),
    single('some', 'other rights on mail that no record told of', 'low'),
  ],
  signals: unseenRight,

  headline: ({ term }) =>
    term === 'some'
      ? 'An application holds a right on mail nobody recorded'
      : 'An application may read all mail, and nobody recorded it',

  sentence: ({ end, notes, start }) => {
    const { app, what } = toldOf(notes)
    return `${when(start, end)} we first saw that ${app} holds ${what}. Six hours later no audit record had told of it.`
  },

  triage: [
    'Ask every administrator, by phone, whether one of them connected this application.',
    'See when it came: Enterprise applications, the application, Permissions and Audit logs.',
    'If nobody knows it: Properties, "Enabled for users to sign-in: No", then remove its permissions.',
    'See what it read since: audit log, mailbox records with this application id.',
  ],
  notKnown: 'Who granted it, and whether the record is lost or only very late.',
  falsePositives: [
    'Audit records that come more than six hours late, or that Microsoft lost',
    'Rights that Microsoft’s own applications come with',
  ],
  notCovered: [
    'Rights that were there when the directory was first read: they count as known',
    'One more person who lets an application in that others let in before',
    'Tenants that do not let us read applications and consents',
  ],
  references: [technique('T1098.003')],
  covers: ['No public rule is known: rights on mail in the directory that the audit log does not tell of'],
})
