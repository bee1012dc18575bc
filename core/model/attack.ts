/** A technique or sub-technique of MITRE ATT&CK. */
export type AttackId = `T${number}` | `T${number}.${number}`
