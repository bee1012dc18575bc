import type { EntraBody } from '../../model/bodies.ts'
import { text } from '../../model/values.ts'
import { additionalDetails, modifiedProperties } from './entra.ts'

/** The service plan behind the premium mailbox records. Old and new values name plans by id or by part name. */
const AUDIT_PLAN = /2f442157-a11c-46b9-ae5b-6e39ff4e5849|M365_ADVANCED_AUDITING/i

/**
 * Does the record switch a user's advanced auditing off inside a licence he keeps? The lists of disabled plans are in
 * `AssignedLicense` (`[SkuName=…, DisabledPlans=[…]]`, a text in a list) or `LicenseAssignmentDetail`. `Change user license`
 * has been seen with no properties at all and the change, escaped several times and cut into pieces of one text, in
 * `additionalDetails`. A licence taken away whole is what happens to people who leave.
 */
export function auditPlanDisabled(body: EntraBody): boolean {
  return changes(body).some(({ before, after }) => after === 'off' && before !== 'off')
}

/** Does it switch advanced auditing on again, inside a licence the user keeps? */
export function auditPlanEnabled(body: EntraBody): boolean {
  return changes(body).some(({ before, after }) => before === 'off' && after === 'on')
}

/** `none`: no licence, or no list of its plans. */
type AuditPlan = 'off' | 'on' | 'none'

function changes(body: EntraBody): { before: AuditPlan; after: AuditPlan }[] {
  const named = [...modifiedProperties(body)].flatMap(([name, { oldValue, newValue }]) =>
    /licen[cs]e/.test(name) ? [{ before: planIn(oldValue), after: planIn(newValue) }] : [],
  )
  const piece = text(additionalDetails(body).b)
  return piece === undefined ? named : [...named, ...inPiece(piece.replace(/[\\"]/g, ''))]
}

/** One property after the other: `Name:X,OldValue:…,NewValue:…`, the two values in either order, the first one cut. */
function inPiece(piece: string) {
  return piece.split(/\bName:/).map(part => {
    const values = [...part.matchAll(/\b(Old|New)Value:([\s\S]*?)(?=\b(?:Old|New)Value:|$)/g)]
    const side = (which: string) => planIn(values.find(([, found]) => found === which)?.[2])
    return { before: side('Old'), after: side('New') }
  })
}

function planIn(value = ''): AuditPlan {
  const lists = [...value.matchAll(/DisabledPlans["\s\\]*[=:]\s*\[([^\]]*)/gi)]
  if (lists.some(([, disabled = '']) => AUDIT_PLAN.test(disabled))) return 'off'
  return lists.length > 0 ? 'on' : 'none'
}
