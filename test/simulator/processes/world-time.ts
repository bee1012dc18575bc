/**
 * Loaded into a process before anything else: its clock is the simulated world's. Libraries, storage and product all live in the
 * same hour, which passes when the simulator says so.
 */
import { openSync, readSync } from 'node:fs'

const file = openSync(process.env.SIMULATOR_CLOCK ?? '', 'r')
const ahead = new Float64Array(1)
let skew = 0

const Real = Date
/** Milliseconds. The file holds by how many the world is ahead of this machine. */
function now(): number {
  readSync(file, ahead, 0, ahead.byteLength, 0)
  return Real.now() + (ahead[0] ?? 0) + skew
}

globalThis.Date = new Proxy(Real, {
  construct: (target, given, newTarget) =>
    Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
})

/** What this process’s clock is off by, in milliseconds. */
export function setSkew(ms: number): void {
  skew = ms
}
