import { describe, expect, it } from 'vitest'
import { directoryAuditBody } from '../core/feeds/graph/directory-audits.ts'
import { signInBody } from '../core/feeds/graph/sign-ins.ts'
import type { Finding } from '../core/model/finding.ts'
import { graphEntries, type records } from '../emulator/index.ts'
import { caseFiles, casesOf, counted, factsOf, judge } from './support/corpus.ts'
import { guid, type RawRecord } from './support/records.ts'

const all = (await Promise.all(caseFiles.map(casesOf))).flatMap(({ cases }) => cases)
const cases = all.filter(({ records }) => records.some(isEntra))

function isEntra({ RecordType }: RawRecord): boolean {
  return RecordType === 8 || RecordType === 15
}

/** As on the wire: a change has a correlation id, a sign-in the id of its request. */
function identified(record: RawRecord): RawRecord {
  if (!isEntra(record)) return record
  const request = record.RecordType === 15 ? guid(`request ${record.Id}`) : guid('none')
  return { InterSystemsId: guid(`correlation ${record.Id}`), IntraSystemId: request, ...record }
}

/** Applications that sign in, and what a user who acted is called: there is one way to learn it. */
function isGraphs({ ExtendedProperties, Operation }: RawRecord): boolean {
  return (
    Operation === 'ServicePrincipalLoggedIn' ||
    JSON.stringify(ExtendedProperties ?? '').includes('InitiatedBy')
  )
}

/** The same event, read from Graph. */
function throughGraph(record: RawRecord): RawRecord {
  if (!isEntra(record) || isGraphs(record)) return record
  const [first] = graphEntries(record as unknown as records.AuditRecord)
  const wire: unknown = JSON.parse(JSON.stringify(first?.entry))
  const body = first?.log === 'signIns' ? signInBody(wire) : directoryAuditBody(wire)
  if (body === undefined) throw new Error('The emulator made an entry that is none')
  return JSON.parse(JSON.stringify(body))
}

/**
 * What must not depend on the way. Addresses may: Graph has them where the Management API has none. Records do: each
 * feed numbers its own, and both are evidence.
 */
function told(findings: readonly Finding[]) {
  return findings.map(({ id, term, severity, key, count, actor }) => ({
    id,
    term,
    severity,
    key,
    count,
    actor,
  }))
}

/** Graph does not say which application acts, and a name can be borrowed: the other feed sees through it. */
const isImpostor = ({ detection, title }: { detection: string; title: string }) =>
  detection === 'app-credential' && title.includes('by an application of that name')

/** Sign-ins are told with other details by each feed: request types and user agents by one, protocols by the other. */
const rests = ({ records }: { records: readonly RawRecord[] }) =>
  records.some(({ RecordType }) => RecordType === 15)

it('there are cases about Entra', () => {
  expect(cases.length).toBeGreaterThan(200)
  expect(cases.filter(isImpostor)).toHaveLength(1)
})

describe.each(cases)('$detection: $title', given => {
  const managed = given.records.map(identified)
  const graphed = managed.map(throughGraph)
  const facts = factsOf(given)
  const found = (records: readonly RawRecord[]) => told(judge(counted(records, facts)))

  it(`is the same through ${rests(given) ? 'both feeds as through the Management API' : 'Graph, and through both'}`, () => {
    const expected = found(managed)
    if (isImpostor(given)) expect(found(graphed), 'through Graph').not.toEqual(expected)
    else if (!rests(given)) expect(found(graphed), 'through Graph').toEqual(expected)
    expect(found([...managed, ...graphed]), 'Management API first').toEqual(expected)
    expect(found([...graphed, ...managed]), 'Graph first').toEqual(expected)
  })
})
