import { defineDetection } from '../model/detection.ts'
import { newGrants, refusal } from './kit/consent.ts'
import { appKey, appLabel, directoryApp, toldOf } from './kit/directory-apps.ts'
import { isMailScope, scopeName } from './kit/permissions.ts'
import { technique } from './kit/technique.ts'
import { doer, fromAddresses, many, names, span, when } from './kit/words.ts'

export default defineDetection({
  id: 'consent-blocked',
  title: 'Refused: an application that wants mail',
  attack: ['T1528', 'T1566.002'],
  reads: ['Consent to application'],
  terms: [
    {
      id: 'people',
      counts: 'people who tried to let one application in',
      measures: ['people'],
      atLeast: 3,
      withinMinutes: 1440,
      severity: 'medium',
    },
    { id: 'refused', counts: 'refused consents', measures: ['refused'], atLeast: 1, severity: 'low' },
  ],

  *signals({ actor, body, succeeded }) {
    const reason = refusal(body, succeeded)
    if (reason === undefined) return
    const wanted = newGrants(body).flatMap(({ scopes }) => scopes.filter(isMailScope))
    if (wanted.length === 0) return
    const app = directoryApp(body)
    const note = `${appLabel(app)}: ${[...new Set(wanted)].map(scopeName).join(', ')} (${reason})`
    yield { key: [actor, appKey(app)], measure: 'refused', note }
    yield { key: [`app:${appKey(app)}`], measure: 'people', members: [actor], note }
  },

  headline: ({ term, count }) =>
    term === 'people'
      ? `${many(count, 'person', 'people')} tried to let one application into mail`
      : 'Somebody tried to let an application into mail',

  sentence: finding => {
    const { actors, count, end, limit, notes, start, term, withinMinutes } = finding
    const { app, what } = toldOf(notes)
    const several = term === 'people'
    const who = several ? `${many(count, 'person', 'people')} (${names(actors)})` : doer(finding)
    const limited = several ? ` The limit is ${limit} within ${span(withinMinutes)}.` : ''
    return (
      `${when(start, end)} ${who} tried to let ${app} into mail${fromAddresses(finding)}. It was refused.` +
      ` Wanted: ${what}.${limited}`
    )
  },

  triage: [
    'Ask the user what they clicked, and in which mail: others may have the same one.',
    'If several did: block the application by its id (Enterprise applications) and warn everybody.',
    'Check whether one of them got through: consents of the same day.',
  ],
  notKnown: 'What the user would have done next, and whether the application tries again by another id.',
  falsePositives: ['Honest add-ins that your consent policy leaves to an administrator'],
  notCovered: ['Requests that the user cancelled; they are in the sign-in log'],
  references: [technique('T1528')],
  covers: ['Splunk: O365 User Consent Blocked for Risky Application', 'SigmaHQ: End User Consent Blocked'],
})
