import type { AttackId, Reference } from '../../model/detection.ts'

/** The page of an ATT&CK technique: `T1114.002` is under `T1114/002`. */
export function technique(id: AttackId, name: string): Reference {
  return {
    title: `ATT&CK ${id}, ${name}`,
    url: `https://attack.mitre.org/techniques/${id.replace('.', '/')}/`,
  }
}
