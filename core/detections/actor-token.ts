import { defineDetection } from '../model/detection.ts'
import { actorToken } from './kit/actor-tokens.ts'
import { technique } from './kit/technique.ts'
import { single } from './kit/terms.ts'
import { fromAddresses, names, when } from './kit/words.ts'

export default defineDetection({
  id: 'actor-token',
  title: 'A service acted in the name of a user',
  attack: ['T1550.001', 'T1078.004'],
  // Any change of the directory can be made so.
  reads: 'any',
  terms: [
    single('power', 'changes of applications, roles, domains and sign-in, by a service for a user', 'high'),
    single('other', 'other changes of the directory, by a service for a user', 'medium'),
  ],

  signals(record) {
    const found = actorToken(record)
    if (found === undefined) return []
    const note = `${found.what} (as ${found.service})`
    return [{ key: [record.actor], measure: found.reach, note }]
  },

  headline: ({ term }) =>
    term === 'power'
      ? 'A service changed rights in the name of a user'
      : 'A service changed the directory in the name of a user',

  sentence: finding => {
    const { end, key, notes, start } = finding
    return (
      `${when(start, end)} the directory was changed as ${key[0]}, under the name of a service of Microsoft’s` +
      `${fromAddresses(finding)}: ${names(notes.toSorted(), 4)}. Tokens that services write for users leave no sign-in.`
    )
  },

  triage: [
    'Phone the user: did they make this change, and where (Exchange admin centre, Dynamics, SharePoint)?',
    'If not: undo the change, look at what the same account did since, and ask Microsoft support.',
    'With Exchange servers of your own: look after them first, their certificate makes such tokens.',
  ],
  notKnown: 'What else such a token was used for: reading with it leaves nothing in any log.',
  falsePositives: [
    'Changes made in the Exchange admin centre or in Dynamics, which act for the administrator',
  ],
  notCovered: [
    'Without the feed `directory-audits` of Graph nothing is seen of this',
    'Groups and the features of the tenant, which services change for people every day',
    'Whoever reads only',
  ],
  references: [technique('T1550.001')],
  covers: ['Elastic: Entra ID actor token user impersonation abuse'],
})
