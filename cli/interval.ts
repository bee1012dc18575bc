import type { Slice } from '../core/model/checkpoint.ts'
import { ConfigError } from '../core/model/errors.ts'
import { DAY, parseWireTime, type Seconds } from '../core/model/time.ts'

/** `--from` and `--to`: the seven days before `--to`, and `now`, unless told. */
export function readInterval(options: { from?: string; to?: string }, now: Seconds): Slice {
  const to = timeOf('--to', options.to) ?? now
  const from = timeOf('--from', options.from) ?? to - 7 * DAY
  if (from >= to) throw new ConfigError(['--from must be before --to.'])
  return { from, to }
}

function timeOf(option: string, text: string | undefined): Seconds | undefined {
  if (text === undefined) return undefined
  const at = parseWireTime(text)
  if (at !== undefined) return at
  throw new ConfigError([
    `${option} "${text.slice(0, 40)}" is no time; write 2026-11-20 or 2026-11-20T09:00, UTC.`,
  ])
}
