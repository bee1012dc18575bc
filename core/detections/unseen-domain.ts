import { defineDetection } from '../model/detection.ts'
import { text } from '../model/values.ts'
import { technique } from './kit/technique.ts'
import { single } from './kit/terms.ts'
import { when } from './kit/words.ts'

export default defineDetection({
  id: 'unseen-domain',
  title: 'New domain that no record tells of',
  attack: ['T1484.002'],
  reads: ['DomainFound'],
  terms: [single('verified', 'verified domains that no record told of', 'medium')],

  signals: ({ body }) => {
    const domain = text(body.ObjectId)
    return domain === undefined ? [] : [{ key: [domain], measure: 'verified' }]
  },

  headline: () => 'Your tenant has a new domain nobody recorded',

  sentence: ({ end, key, start }) =>
    `${when(start, end)} we first saw ${key[0]} among the verified domains of your tenant. Six hours later no audit record had` +
    ' told of it. Mail to it counts as sent outside for a week.',

  triage: [
    'Ask every administrator, by phone, whether one of them added this domain.',
    'If nobody did: Entra, Custom domain names. See who uses it before you delete it.',
    'Look at who signed in with it, and at roles granted lately.',
  ],
  notKnown: 'Who added it, and whether the record is lost or only very late.',
  falsePositives: ['Audit records that come more than six hours late, or that Microsoft lost'],
  notCovered: [
    'Domains that were there when the directory was first read: they count as known',
    'Changes of a known domain’s sign-in: see domain-trust',
  ],
  references: [technique('T1484.002')],
  covers: ['No public rule is known: domains in the directory that the audit log does not tell of'],
})
