import { createHash } from 'node:crypto'
import { parseWireTime, type Seconds } from '../../../model/time.ts'
import { isObject, number, text } from '../../../model/values.ts'
import { oneLine } from '../../../net/one-line.ts'

/** A row that a hunting query answered with. Whoever works on the machine wrote most of it: bounded, and one line each. */
export interface HuntingRow {
  readonly at: Seconds
  /** Names the row among all rows of its query; the same whenever it is asked for. */
  readonly identity: readonly string[]
  readonly device: string
  /** Lower-case UPN, else `domain\name`. */
  readonly account: string
  readonly process: string
  readonly processPath?: string
  readonly file?: string
  readonly path?: string
  /** With its dot, lower-case: `.pst`. */
  readonly ending?: string
  /** Different files in the hour. */
  readonly files?: number
  readonly command?: string
  /** Words of our lists, as the query found them. */
  readonly matched?: readonly string[]
}

const NAME = 100
const PATH = 300
const WORDS = 20

/** `undefined` for what names no time, no machine or no report. */
export function readRow(row: unknown): HuntingRow | undefined {
  if (!isObject(row)) return undefined
  const at = parseWireTime(row.Timestamp)
  const device = line(row.DeviceName, NAME) ?? line(row.DeviceId, NAME)
  const report = text(row.ReportId)
  if (at === undefined || device === undefined || report === undefined) return undefined
  const name = line(row.AccountName, NAME)?.toLowerCase() ?? 'unknown'
  const domain = line(row.AccountDomain, NAME)?.toLowerCase()
  const matched = text(row.Matched)
    ?.slice(0, PATH * WORDS)
    .split(',')
    .slice(0, WORDS)
  return {
    at,
    // Report ids repeat from machine to machine and after a restart; texts of any length make a short name.
    identity: [digest([row.DeviceId, row.DeviceName, report, row.Timestamp, row.Ending])],
    device: device.toLowerCase(),
    account:
      line(row.AccountUpn, NAME)?.toLowerCase() ?? (domain === undefined ? name : `${domain}\\${name}`),
    process: line(row.Process, NAME) ?? 'a program without a name',
    ...optional({
      processPath: line(row.ProcessPath, PATH),
      file: line(row.FileName, NAME),
      path: line(row.FolderPath, PATH),
      ending: line(row.Ending, 10)?.toLowerCase(),
      files: number(row.Files),
      command: line(row.Command, PATH),
      matched: matched?.map(word => oneLine(word, NAME)),
    }),
  }
}

function line(value: unknown, most: number): string | undefined {
  const given = text(value)
  const read = given === undefined ? undefined : oneLine(given, most)
  return read === '' ? undefined : read
}

function digest(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)
}

function optional<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
