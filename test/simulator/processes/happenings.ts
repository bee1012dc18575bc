import { HOUR, iso, MINUTE, type Seconds } from '../../../core/model/time.ts'
import {
  type GraphEntry,
  type GraphLog,
  graphEntries,
  type Random,
  type records,
} from '../../../emulator/index.ts'
import { type Case, caseFiles, casesOf } from '../../support/corpus.ts'
import { guid, type RawRecord } from '../../support/records.ts'
import { START } from './hours.ts'

export const CONTENT_TYPES = ['Audit.Exchange', 'Audit.AzureActiveDirectory'] as const

export interface PlannedBlob {
  readonly contentType: (typeof CONTENT_TYPES)[number]
  readonly records: readonly RawRecord[]
  readonly created: Seconds
  readonly availableAt: Seconds
  /** Served in place of the records: it can never be read. */
  readonly body?: string
}

/** What happens in a tenant, and where it is published. */
export interface Happenings {
  readonly blobs: readonly PlannedBlob[]
  readonly entries: readonly GraphEntry[]
}

const all = (await Promise.all(caseFiles.map(casesOf))).flatMap(({ cases }) => cases)
const CASES = all.filter(isPlain)
const FIRING = CASES.filter(({ expect }) => expect !== undefined)

/** Small and of a time, and in need of nothing but its records. */
function isPlain({ learned, declared = {}, seen = {}, config = {}, records }: Case): boolean {
  const times = records.map(timeOf)
  return (
    !learned &&
    [declared, seen, config].every(given => Object.keys(given).length === 0) &&
    records.length <= 25 &&
    records.every(
      ({ RecordType, Operation }) => typeof RecordType === 'number' && typeof Operation === 'string',
    ) &&
    Math.max(...times) - Math.min(...times) <= 2 * HOUR
  )
}

function timeOf({ CreationTime }: RawRecord): Seconds {
  return Date.parse(`${CreationTime}Z`) / 1000
}

/** The cases as they happen in these hours, cut into blobs; what Entra has is read through either feed, or through both. */
export function happeningsOf(random: Random, logs: readonly GraphLog[]): Happenings {
  const cases = [...random.sample(FIRING, random.int(3, 5)), ...random.sample(CASES, 2)]
  const isRead = (raw: RawRecord) =>
    isInGraph(raw) && logs.includes(raw.RecordType === 8 ? 'directoryAudits' : 'signIns')
  const blobs: PlannedBlob[] = []
  const entries: GraphEntry[] = []
  for (const [n, { records }] of cases.entries()) {
    const end = START + random.int(-50, 90) * MINUTE
    const shift = end - Math.max(...records.map(timeOf))
    const moved = records.map(raw =>
      identified({ ...raw, Id: guid(`${n} ${raw.Id}`), CreationTime: iso(timeOf(raw) + shift).slice(0, 19) }),
    )
    const way = random.pick(['both', 'both', 'graph', 'management'] as const)
    // The audit API has been seen to repeat an id with another content; in Graph's logs an entry has an id of its own.
    const graphed =
      way === 'management' ? [] : new Map(moved.filter(isRead).map(raw => [raw.Id, raw])).values()
    for (const raw of graphed) entries.push(...graphEntries(raw as unknown as records.AuditRecord))
    blobs.push(...blobsOf(random, way === 'graph' ? moved.filter(raw => !isRead(raw)) : moved))
  }
  if (random.chance(0.3)) {
    const created = START + random.int(-20, 60) * MINUTE
    const body = random.pick(['[{"Id":"cut off', '<html>Sign in</html>', '[[[[', ''])
    blobs.push({ contentType: 'Audit.Exchange', records: [], created, availableAt: created, body })
  }
  return { blobs: blobs.sort((a, b) => a.created - b.created), entries }
}

function blobsOf(random: Random, records: readonly RawRecord[]): PlannedBlob[] {
  const cuts = random.int(1, 3)
  const blobs = CONTENT_TYPES.flatMap(contentType =>
    Array.from({ length: cuts }, (_, n) => {
      const own = records.filter((raw, i) => contentTypeOf(raw) === contentType && i % cuts === n)
      // Microsoft repeats a record in another blob, under the same id.
      return { contentType, records: random.chance(0.3) ? [...own, ...own.slice(0, 1)] : own }
    }),
  )
  return blobs
    .filter(({ records }) => records.length > 0)
    .map(blob => {
      const created = Math.max(...blob.records.map(timeOf)) + random.int(1, 20) * MINUTE
      const late = random.chance(0.15) ? random.int(60, 110) * MINUTE : 0
      return { ...blob, created, availableAt: created + late }
    })
}

const isEntra = ({ RecordType }: RawRecord) => RecordType === 8 || RecordType === 15
const contentTypeOf = (raw: RawRecord) => CONTENT_TYPES[isEntra(raw) ? 1 : 0]

/** Sign-ins of applications are Graph’s alone, and in a form of their own. */
const isInGraph = (raw: RawRecord) =>
  isEntra(raw) &&
  raw.Operation !== 'ServicePrincipalLoggedIn' &&
  !JSON.stringify(raw.ExtendedProperties ?? '').includes('InitiatedBy')

/** As on the wire: a change has a correlation id, a sign-in the id of its request, by which Graph names it: no other has that. */
function identified(raw: RawRecord): RawRecord {
  if (!isEntra(raw)) return raw
  const known = { InterSystemsId: guid(`correlation ${raw.Id}`), IntraSystemId: guid('none'), ...raw }
  return raw.RecordType === 15 ? { ...known, IntraSystemId: guid(`request ${raw.Id}`) } : known
}
