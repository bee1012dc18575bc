import { rebuilt } from '../../core/engine/incidents.ts'
import type { Evidence } from '../../core/pipeline/evidence.ts'
import { makeFinding } from '../chain/findings.ts'
import { SAMPLE_ALERTS } from './sample-alerts.ts'

const [sample] = SAMPLE_ALERTS
if (!sample) throw new Error('there is no sample')

const findingOf = (text: string) =>
  makeFinding({
    ...{ id: text, tenant: text, detection: 'bulk-mail-read', term: text, key: [text, text], actor: text },
    ...{ app: text, apps: [text], actors: [text], mailboxes: [text], addresses: [text], clients: [text] },
    ...{ sessions: [text], notes: [text], records: [text] },
  })
const ledgerOf = (text: string) => ({
  ...{ feed: text, from: 0, to: 1, lost: [] },
  blobs: { listed: 1, done: 1, pending: 0, quarantined: 0, dropped: 0, expired: 0 },
  records: { parsed: 1, evaluated: 0, duplicates: 0, rejected: { [text]: 1 } },
})
const contextOf = (text: string) => ({
  ...{ actor: text, app: text, mailbox: text, address: text, client: text, session: text, note: text },
})
/** A report of nothing but this text. */
export const evidenceOf = (text: string): Evidence => ({
  ...{ tenant: text, at: 0, from: 0, to: 1, unassigned: 1, ledger: [ledgerOf(text)] },
  missing: [{ what: text, names: [text], from: 0 }],
  incidents: [
    {
      incident: rebuilt(text, [{ finding: findingOf(text) }]),
      alert: {
        ...sample.alert,
        ...{ id: text, incident: text, tenant: text, headline: text, sentence: text, actor: text },
        facts: ['Done by', 'Client', 'From'].map(name => ({ name, value: text })),
      },
      findings: [
        {
          finding: findingOf(text),
          allowed: { entry: text, reason: text, owner: text, until: text },
          sentence: text,
          records: [{ id: text, named: true, at: 0, context: contextOf(text) }],
        },
      ],
      missing: [{ what: text, names: [text], from: 0 }],
      unread: [text],
      ledger: [ledgerOf(text)],
      told: [
        {
          ...({ sink: text, state: 'done', attempts: 1, createdAt: 0 } as const),
          alert: { id: text, severity: 'low', headline: text },
        },
      ],
    },
  ],
})
export const madeOf = (text: string) => ({ tenant: text, tenantName: text, at: 0, version: text })
