import { principalLabel } from '../../model/app-label.ts'
import type { AuditRecord } from '../../model/audit-record.ts'
import type { Signal } from '../../model/detection.ts'
import { isObject, text } from '../../model/values.ts'

/** In words that follow the permission. */
const HOW: ReadonlyMap<unknown, string> = new Map([
  ['app', 'with no user present'],
  ['everybody', 'in the name of every user'],
  ['people', 'in the name of some users'],
])

/** A right that was seen in the directory, under the application that holds it. */
export function unseenRight({ body }: AuditRecord<'MailPermissionFound'>): readonly Signal[] {
  const { appId, how, name, objectId, permission, publisher, reach } = isObject(body.Observed)
    ? body.Observed
    : {}
  const [id, right] = [text(appId), text(permission)]
  if (id === undefined || right === undefined) return []
  const label = principalLabel({
    appId: id,
    objectId: text(objectId) ?? id,
    name: text(name) ?? 'without a name',
    publisher:
      publisher === 'microsoft' || publisher === 'own' || publisher === 'verified' ? publisher : 'unverified',
  })
  const opensAll = how === 'app' && reach !== 'some-mail' && publisher !== 'microsoft'
  return [
    {
      key: [`app:${id}`],
      measure: opensAll ? 'all-mail' : how === 'everybody' ? 'everybody' : 'some',
      members: [`${how} ${right}`],
      note: `${label}: ${right} ${HOW.get(how) ?? ''}`,
    },
  ]
}
