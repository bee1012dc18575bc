import { HOUR, MINUTE, SECOND } from '../../clock.ts'
import {
  type CmdletRecord,
  cmdlet,
  type DirectoryRecord,
  directoryChange,
  type Identities,
  type RecordKit,
  userNames,
} from '../../records/index.ts'
import type { Day } from '../day.ts'
import type { Person } from '../firm.ts'
import { OFFICE_IP } from '../networks.ts'
import { accessOf, type Month } from './month.ts'

/** The administrator at the desk: what the portals and Exchange write about what he does. */
export interface Admin {
  readonly kit: RecordKit
  /** Milliseconds since 1970 of a time of the day. */
  at(hours: number, minutes: number): number
  exchange(
    at: number,
    operation: string,
    parameters: Readonly<Record<string, string>>,
    objectId?: string,
  ): CmdletRecord
  directory(
    at: number,
    operation: string,
    target: Person | Identities,
    category: string,
    changes?: Readonly<Record<string, readonly [before: string, after: string]>>,
  ): DirectoryRecord
}

export function adminOn(month: Month, day: Day, n: number, story: string): Admin {
  const kit = day.kit(`admin/${story}`)
  const { admin } = month.cast
  const session = accessOf(month, day, admin, n, 11 * HOUR, 'desk')?.login.session ?? ''
  return {
    kit,
    at: (hours, minutes) => day.midnight + hours * HOUR + minutes * MINUTE + kit.random.int(0, 59) * SECOND,
    exchange: (at, operation, parameters, objectId = parameters.Identity ?? '') =>
      cmdlet(kit, {
        at,
        operation,
        parameters,
        objectId,
        userId: admin.upn,
        userKey: admin.puid,
        ip: OFFICE_IP,
        session,
      }),
    directory: (at, operation, target, category, changes = {}) =>
      directoryChange(kit, {
        at,
        operation,
        category,
        changes,
        by: admin,
        target: 'upn' in target ? userNames(target) : target,
      }),
  }
}

/** Lists as the directory writes them. */
export const written = (...texts: readonly unknown[]) =>
  texts.length === 0 ? '[]' : JSON.stringify(texts, null, 2).replaceAll('\n', '\r\n')

/** A licence as a text in a list. */
export const licence = (kit: RecordKit) =>
  written(
    `[SkuName=SPB, AccountId=${kit.organizationId}, SkuId=cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46, DisabledPlans=[]]`,
  )
