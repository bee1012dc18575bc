import { closeSync, openSync, writeSync } from 'node:fs'
import type { ManualClock } from '../../../emulator/index.ts'

export interface WorldClock extends ManualClock {
  readonly path: string
  close(): void
}

/** The simulated world's time, for all processes that read it from the file (`world-time.ts`). It goes on by itself, too. */
export function makeWorldClock(path: string): WorldClock {
  const file = openSync(path, 'w')
  let ahead = 0
  const keep = (ms: number) => {
    ahead = Math.floor(ms)
    writeSync(file, new Float64Array([ahead]), 0, 8, 0)
  }
  keep(0)
  const now = () => Date.now() + ahead
  return {
    path,
    now,
    advance: ms => keep(ahead + ms),
    set: at => keep(at - Date.now()),
    close: () => closeSync(file),
  }
}
