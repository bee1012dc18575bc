import { type AttackId, TECHNIQUES } from '../../model/attack.ts'
import type { Reference } from '../../model/detection.ts'

/** The page of an ATT&CK technique: `T1114.002` is under `T1114/002`. */
export function technique(id: AttackId): Reference {
  return {
    title: `ATT&CK ${id}, ${TECHNIQUES[id]}`,
    url: `https://attack.mitre.org/techniques/${id.replace('.', '/')}/`,
  }
}
