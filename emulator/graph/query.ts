import type { Call } from '../http.ts'
import { parseTime } from '../times.ts'
import type { GraphLog } from './entries.ts'
import { timeOf } from './store.ts'

type Entry = Readonly<Record<string, unknown>>

export interface Query {
  readonly matches: (entry: Entry) => boolean
  readonly top: number
  readonly ascending: boolean
}

const TIMES: Readonly<Record<GraphLog, string>> = {
  directoryAudits: 'activityDateTime',
  signIns: 'createdDateTime',
}
const LARGEST = 1000

/** Reads what a request asks of a log; a text says why it cannot be answered. */
export function readQuery(call: Call, log: GraphLog, version: string): Query | string {
  const top = Number(call.query.get('$top') ?? (log === 'signIns' ? LARGEST : 100))
  if (!Number.isInteger(top) || top < 1 || top > LARGEST) return 'Invalid page size specified.'
  const order = call.query.get('$orderby') ?? `${TIMES[log]} desc`
  const [by, direction = 'asc'] = order.split(' ')
  if (by !== TIMES[log] || !/^(asc|desc)$/.test(direction)) return `The $orderby ${order} is not supported.`
  const conditions: ((entry: Entry) => boolean)[] = []
  for (const part of (call.query.get('$filter') ?? '').split(' and ').filter(Boolean)) {
    const condition = readCondition(part.trim(), log, version)
    if (typeof condition === 'string') return condition
    conditions.push(condition)
  }
  return {
    matches: entry =>
      conditions.every(holds => holds(entry)) && (typesAsked(call, version) || isInteractive(entry)),
    top,
    ascending: direction === 'asc',
  }
}

/** Sign-ins of other types are there only for who asks for them by type. */
const typesAsked = (call: Call, version: string) =>
  version === 'beta' && (call.query.get('$filter') ?? '').includes('signInEventTypes')

function isInteractive({ signInEventTypes }: Entry): boolean {
  return !Array.isArray(signInEventTypes) || signInEventTypes.includes('interactiveUser')
}

function readCondition(part: string, log: GraphLog, version: string): ((entry: Entry) => boolean) | string {
  const type = /^signInEventTypes\/any\(t: ?t eq '(\w+)'\)$/.exec(part)?.[1]
  if (type !== undefined && log === 'signIns') {
    if (version !== 'beta') return `Could not find a property named 'signInEventTypes' on type 'signIn'.`
    return ({ signInEventTypes }) => Array.isArray(signInEventTypes) && signInEventTypes.includes(type)
  }
  const [, name, operator, text = ''] = /^(\w+) (ge|le) (\S+)$/.exec(part) ?? []
  const at = parseTime(text.replace(/(\.\d{3})\d*/, '$1'))
  if (name !== TIMES[log] || at === undefined) return `Invalid filter clause: ${part}`
  // Texts of equal shape sort as times do, down to the last of their seven digits.
  const bound = text.includes('.') ? text : text.replace('Z', '.0000000Z')
  return operator === 'ge' ? entry => timeOf(entry) >= bound : entry => timeOf(entry) <= bound
}
