import { principalLabel } from '../model/app-label.ts'
import type { TenantFacts } from '../model/detection.ts'

/** As detections write it: `the application <id>`, of one that acts by itself also `application serviceprincipal_<id>`. */
const APPLICATION =
  /\b(application )(?:serviceprincipal_)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![\w-])/g

/**
 * Puts names to the ids of applications. At the end, on the card: a name can change and its maker chose it, so nothing is
 * counted, stored or compared by it.
 */
export function withNames(text: string, application: TenantFacts['application']): string {
  return text.replace(APPLICATION, (whole, word: string, id: string) => {
    const known = application(id)
    return known === undefined ? whole : `${word}${principalLabel(known)}`
  })
}
