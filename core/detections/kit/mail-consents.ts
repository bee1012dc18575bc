import type { AuditRecord } from '../../model/audit-record.ts'
import type { Signal } from '../../model/detection.ts'
import { newGrants, refusal } from './consent.ts'
import { appLabel, directoryApp } from './directory-apps.ts'
import { isMailScope, KIT_OF_FIVE, KIT_OF_NINE, OFFLINE, scopeName } from './permissions.ts'

/**
 * Measures under actor and application: `mail` and `everybody` (scopes, for one person or for all), `offline`, `five`
 * and `nine` (scopes of the phishing kits), and that the actor `created` the application's principal. Under the
 * application alone: `people` who let it in. Scopes add up, so a consent given in two halves counts whole.
 */
export function* mailConsents(record: AuditRecord): Iterable<Signal> {
  const { actor, body } = record
  if (refusal(body, record.succeeded) !== undefined) return
  const app = directoryApp(body)
  if (record.operation === 'Add service principal') {
    if (app.objectId !== undefined) yield { key: [actor, app.objectId], measure: 'created' }
    return
  }
  for (const { client, tenantWide, scopes } of newGrants(body)) {
    const key = [actor, client] as const
    const mail = scopes.filter(isMailScope)
    const note = noted(appLabel({ ...app, objectId: client }), mail, scopes.includes(OFFLINE))
    if (mail.length > 0) {
      yield { key, measure: tenantWide ? 'everybody' : 'mail', members: mail, note }
      if (!record.appOnly) yield { key: [`app:${client}`], measure: 'people', members: [actor], note }
    }
    if (scopes.includes(OFFLINE)) yield { key, measure: 'offline', note }
    for (const [measure, kit] of KITS) {
      const members = scopes.filter(scope => kit.has(scope))
      if (members.length > 0) yield { key, measure, members, note }
    }
  }
}

const KITS = [
  ['five', KIT_OF_FIVE],
  ['nine', KIT_OF_NINE],
] as const

/** `"Mail merge" (<id>): Mail.Read, offline_access`; nothing where no mail is touched. */
function noted(label: string, mail: readonly string[], offline: boolean): string | undefined {
  if (mail.length === 0 && !offline) return undefined
  return `${label}: ${[...mail, ...(offline ? [OFFLINE] : [])].map(scopeName).join(', ')}`
}
