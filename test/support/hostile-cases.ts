import { type Case, caseFiles, casesOf } from './corpus.ts'
import type { RawRecord } from './records.ts'

/** A detection's first firing case, and the places in its records where a text stands. */
export interface Target {
  readonly detection: string
  readonly given: Case
  /** `[].Parameters[].Value` */
  readonly fields: readonly string[]
}

/** Of every file of cases that is not cut off another: one a detection. */
export const targets: readonly Target[] = await Promise.all(
  caseFiles
    .filter(file => file.split('.').length === 3)
    .map(async file => {
      const { cases, detection } = await casesOf(file)
      const [given] = cases
      if (given?.expect === undefined) throw new Error(`${detection} has no firing case`)
      return { detection, given, fields: [...new Set(fieldsOf(given.records))].filter(isName) }
    }),
)

/** The case with every text in one place changed. */
export function withTexts({ given }: Target, field: string, change: (text: string) => string): Case {
  return { ...given, records: changed(given.records, field, change, '') as readonly RawRecord[] }
}

/** A record without a time is rejected, which is another test's. */
function isName(field: string): boolean {
  return !field.endsWith('.CreationTime')
}

function fieldsOf(value: unknown, at = ''): string[] {
  if (typeof value === 'string') return [at]
  if (Array.isArray(value)) return value.flatMap(item => fieldsOf(item, `${at}[]`))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, item]) => fieldsOf(item, `${at}.${name}`))
}

function changed(value: unknown, field: string, change: (text: string) => string, at: string): unknown {
  if (typeof value === 'string') return at === field ? change(value) : value
  if (Array.isArray(value)) return value.map(item => changed(item, field, change, `${at}[]`))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  return Object.fromEntries(
    entries.map(([name, item]) => [name, changed(item, field, change, `${at}.${name}`)]),
  )
}
