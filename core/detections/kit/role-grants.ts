import type { AuditRecord } from '../../model/audit-record.ts'
import type { AnyBody } from '../../model/bodies.ts'
import { text } from '../../model/values.ts'
import { type DirectoryRole, directoryRole } from './directory-roles.ts'
import { actors, added, described, modifiedProperties, targets } from './entra.ts'

export interface RoleGrant {
  readonly role: DirectoryRole
  /** Lower-case UPN, else a name or id. */
  readonly to: string
  /** `stranger`: an application or a guest; `pim`: a role its holder was entitled to, switched on for a while. */
  readonly kind: 'stranger' | 'pim' | 'member'
}

/** Privileged Identity Management: it writes `Add member to role` for whoever activates a role. */
const PIM = '01fc33a7-78ba-4d2f-a4b7-768e336e890e'

/**
 * Who got which directory role; `undefined` for roles that do not reach mail. The role is in `ModifiedProperties`
 * (template id, display name), in records of PIM among the targets.
 */
export function roleGrant(record: AuditRecord<string>): RoleGrant | undefined {
  const { body } = record
  const names = targets(body)
  const role = directoryRole([...newRoleNames(body), ...names.map(({ id }) => id)])
  if (role === undefined) return undefined
  const member = described(names.filter(({ id }) => directoryRole([id]) === undefined))
  const to = member.upn ?? member.name ?? text(body.ObjectId)?.toLowerCase() ?? member.objectId ?? 'somebody'
  const stranger = member.kind === 'serviceprincipal' || /#ext#/i.test(to)
  const byPim = actors(body).some(({ id }) => id.toLowerCase() === PIM)
  return { role, to: to.slice(0, 120), kind: stranger ? 'stranger' : byPim ? 'pim' : 'member' }
}

/** A removal repeats the role as the old value: only what is new counts. */
function newRoleNames(body: Pick<AnyBody, 'ModifiedProperties'>): readonly string[] {
  const properties = modifiedProperties(body)
  return ['role.templateid', 'role.displayname'].flatMap(name => added(properties.get(name)))
}
