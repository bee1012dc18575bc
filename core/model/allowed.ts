/**
 * What an allow entry of the operator's says about a finding: nobody is told of it, unless `broken` says how it goes
 * beyond what was allowed.
 */
export interface Allowed {
  /** Id of the entry. */
  readonly entry: string
  readonly reason: string
  readonly owner: string
  /** The entry's last day, `2026-12-31`. */
  readonly until: string
  /** `it reached mailboxes not seen under this entry (…)` */
  readonly broken?: string
}

export function isAllowed({ allowed }: { readonly allowed?: Allowed | undefined }): boolean {
  return allowed !== undefined && allowed.broken === undefined
}
