import { principalLabel } from '../model/app-label.ts'
import type { TenantFacts } from '../model/detection.ts'

/** What is known of those who are told of by id. */
export type Known = Pick<TenantFacts, 'application' | 'person'>

const ID = String.raw`([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![\w-])`
/** As detections write it: `the application <id>`, of one that acts by itself also `application serviceprincipal_<id>`. */
const APPLICATION = new RegExp(String.raw`\b(application )(?:serviceprincipal_)?${ID}`, 'g')
/** Wherever else an id stands: Graph’s own log has no other names for people and their mailboxes. */
const PERSON = new RegExp(String.raw`(?<!\w)(?<!-)(?:with the object id )?${ID}`, 'g')

/**
 * Puts names to the ids of applications and people. At the end, on the card: a name can change and an application’s maker
 * chose it, so nothing is counted, stored or compared by it.
 */
export function withNames(text: string, { application, person }: Known): string {
  return text
    .replace(APPLICATION, (whole, word: string, id: string) => {
      const known = application(id)
      return known === undefined ? whole : `${word}${principalLabel(known)}`
    })
    .replace(PERSON, (whole, id: string) => person(id) ?? whole)
}
