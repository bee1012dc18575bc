import { parseArgs } from 'node:util'
import { DEPARTMENT, type Scale } from './week.ts'

export interface Options extends Scale {
  readonly processes: number
  /** After so many minutes the drain is stopped, and what it came to is told. */
  readonly minutes: number
  /** How fast the tenant's clock goes in the back-fill: at 0.1 this machine stands for one ten times as fast, at the same quota. */
  readonly clock: number
}

const DEFAULTS = { records: 2_000_000, mailboxes: 500, processes: 2, minutes: 60, clock: 1 }

/** Throws with one line that says what is wrong. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: Object.fromEntries(Object.keys(DEFAULTS).map(name => [name, { type: 'string' } as const])),
  })
  const number = (name: keyof typeof DEFAULTS, isGood = Number.isInteger) => {
    const value = Number(values[name] ?? DEFAULTS[name])
    if (isGood(value) && value > 0) return value
    throw new Error(`--${name} must be a ${isGood === Number.isInteger ? 'whole ' : ''}number above 0.`)
  }
  const options = {
    records: number('records'),
    mailboxes: number('mailboxes'),
    processes: number('processes'),
    minutes: number('minutes'),
    clock: number('clock', Number.isFinite),
  }
  if (options.mailboxes % DEPARTMENT !== 0)
    throw new Error(`--mailboxes must be a multiple of ${DEPARTMENT}: people come in departments.`)
  return options
}
