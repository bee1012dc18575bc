import { DAY, HOUR, iso, parseWireTime, type Seconds } from '../../model/time.ts'

/** One hour of the log: a blob that grows, for a while also after its hour is over. */
export interface HourBlob {
  readonly path: string
  readonly size: number
}

const FOLDER = /^tenantid=([^/]+)\/$/i
const PATH = /^tenantid=([^/]+)\/y=(\d{4})\/m=(\d\d)\/d=(\d\d)\/h=(\d\d)\/m=(\d\d)\/PT1H\.json$/i

/** Is this a top folder of the tenant's? Microsoft has written ids in either case. */
export function isFolderOf(folder: string, tenantId: string): boolean {
  return FOLDER.exec(folder)?.[1]?.toLowerCase() === tenantId.toLowerCase()
}

/** The folder of a UTC day below a tenant's: `tenantId=…/y=2026/m=11/d=20/`. */
export function dayFolder(folder: string, day: number): string {
  const [year, month, date] = iso(day * DAY)
    .slice(0, 10)
    .split('-')
  return `${folder}y=${year}/m=${month}/d=${date}/`
}

/** When the hour of a blob begins, if it is one of the tenant's. */
export function hourOf(path: string, tenantId: string): Seconds | undefined {
  const found = PATH.exec(path)
  if (found?.[1]?.toLowerCase() !== tenantId.toLowerCase()) return undefined
  const [, , year, month, date, hour, minute] = found
  return parseWireTime(`${year}-${month}-${date}T${hour}:${minute}:00`)
}

/** Does the hour that begins then touch the time from `from` to `to`? */
export function touches(
  hour: Seconds,
  { from, to }: { readonly from: Seconds; readonly to: Seconds },
): boolean {
  return hour + HOUR > from && hour < to
}
