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
  for (const [name, { oldValue = '', newValue = '' }] of modifiedProperties(body))
    if (/licen[cs]e/.test(name) && disables(newValue) && !disables(oldValue)) return true
  const piece = text(additionalDetails(body).b)
  return piece !== undefined && inPiece(piece.replace(/[\\"]/g, ''))
}

/** One property after the other: `Name:X,OldValue:…,NewValue:…`, the two values in either order, the first one cut. */
function inPiece(piece: string): boolean {
  return piece.split(/\bName:/).some(part => {
    const values = [...part.matchAll(/\b(Old|New)Value:([\s\S]*?)(?=\b(?:Old|New)Value:|$)/g)]
    const side = (which: string) => values.find(([, found]) => found === which)?.[2] ?? ''
    return disables(side('New')) && !disables(side('Old'))
  })
}

function disables(value: string): boolean {
  return [...value.matchAll(/DisabledPlans["\s\\]*[=:]\s*\[([^\]]*)/gi)].some(([, plans = '']) =>
    AUDIT_PLAN.test(plans),
  )
}
