import { isDeepStrictEqual } from 'node:util'
import type { Allowed } from '../model/allowed.ts'
import type { Finding } from '../model/finding.ts'
import type { Seconds } from '../model/time.ts'
import { times } from '../tuning/allow-schema.ts'
import { allowedBy, type Match, makeMatcher } from '../tuning/allowance.ts'
import type { Config } from '../tuning/config.ts'
import type { Seen } from '../tuning/escalation.ts'
import { makeChange } from './change.ts'
import type { Tables } from './port.ts'

export const ALLOWED = 'allowed'

interface Row {
  readonly seen: Seen
  /** When the entry ends, UTC seconds: afterwards nothing asks for the row. */
  readonly ends: Seconds
}

/** What allow entries say about findings, and what was seen under each entry. */
export interface AllowedFindings {
  /**
   * `undefined`: no entry matches. What the finding adds to what was seen under its entry is noted, in one row an entry
   * that is changed only as it was read. Not monotone: what an entry allows is learned from what comes first. The same
   * finding again gets the same answer.
   */
  judge(finding: Finding): Promise<Allowed | undefined>
  /** Forgets entries that ended before `before` (UTC seconds). Returns how many. */
  purge(before: Seconds): Promise<number>
}

export function makeAllowedFindings(
  tables: Tables,
  tenant: string,
  config: Pick<Config, 'allow' | 'trustedNetworks'>,
): AllowedFindings {
  const table = tables.table(ALLOWED)
  const change = makeChange(table, tenant)
  const matching = makeMatcher(config)

  const weighed = async ({ entry, weigh }: Match): Promise<string | undefined> => {
    let answer: string | undefined
    await change<Row>(entry.id, known => {
      const { seen, broken } = weigh(known?.seen)
      answer = broken
      return known !== undefined && isDeepStrictEqual(seen, known.seen)
        ? known
        : { seen, ends: times(entry).end }
    })
    return answer
  }

  return {
    async judge(finding) {
      let first: Allowed | undefined
      for (const match of matching(finding)) {
        const broken = await weighed(match)
        if (broken === undefined) return allowedBy(match.entry, undefined)
        first ??= allowedBy(match.entry, broken)
      }
      return first
    },
    async purge(before) {
      const old: string[] = []
      for await (const { row, value } of table.range<Row>(tenant, '', '~'))
        if (value.ends < before) old.push(row)
      await table.remove(tenant, old)
      return old.length
    },
  }
}
