import type { Seconds } from '../../core/model/time.ts'

/** About the making of a report. */
export interface Made {
  readonly tenant: string
  readonly tenantName?: string | undefined
  readonly at: Seconds
  /** Of Waxseal. */
  readonly version: string
}

/** `path`: inside the report's folder, with `/`; names in it are ours. */
export interface ReportFile {
  readonly path: string
  readonly text: string
}

export interface Summed {
  readonly path: string
  readonly sha256: string
  readonly bytes: number
}
