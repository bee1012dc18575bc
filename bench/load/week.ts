import { type ContentType, makeRandom, type Random, records } from '../../emulator/index.ts'
import { type Day, makeDay, OPENS, SLOT, SLOTS } from '../../emulator/scenarios/day.ts'
import { type Firm, makeFirm } from '../../emulator/scenarios/firm.ts'
import { INTRUDER_IPS } from '../../emulator/scenarios/networks.ts'
import { background } from '../../emulator/scenarios/quiet-day.ts'
import { happens, type Occurrence } from '../../emulator/scenarios/scenario.ts'

const DAY = 86_400_000
const MINUTE = 60_000
const HOUR = 60 * MINUTE
export const DAYS = 7
export const FIRST_DAY = Date.UTC(2026, 10, 16)
/** Of the last day: all but what is held back is there, and the first day is not yet out of reach. */
export const EVENING = FIRST_DAY + (DAYS - 1) * DAY + 22 * HOUR
/** People of a department, each of which has a domain of its own. */
export const DEPARTMENT = 50
const RECORDS_A_BLOB = 100
/** From the end of a slot to its first blob. */
const SETTLING = 60 * MINUTE
/** The last slots of the week: they arrive when the backlog is read. */
const LIVE_SLOTS = 3

export interface Scale {
  readonly records: number
  readonly mailboxes: number
}

export interface Blob {
  readonly contentType: ContentType
  readonly availableAt: number
  /** A JSON array of records. */
  readonly text: string
  readonly records: number
  /** Where what is stolen in it goes: each theft has a host of its own, which only its card names. */
  readonly loot: readonly string[]
  readonly live: boolean
}

interface Packed {
  readonly contentType: ContentType
  readonly slot: number
  readonly text: string
  readonly loot?: string
}

const TENANT = '5b6a1d0e-3c47-4f29-9e58-0d1f2a7b6c83'
const TYPES: readonly ContentType[] = ['Audit.Exchange', 'Audit.AzureActiveDirectory', 'Audit.General']

/**
 * Seven working days of departments of fifty people each, as blobs of a hundred records, in order of availability. There
 * are as many records as asked for, within a few in a hundred: each day happens several times over, or some of it only.
 * One record in fifty comes again, mostly in a later blob, and one in five thousand cannot be read.
 */
export function* week(scale: Scale): Generator<Blob> {
  const firms = Array.from({ length: scale.mailboxes / DEPARTMENT }, (_, unit) => firmOf(unit))
  const natural = read(background(makeDay(makeRandom('load'), firmOf(0), FIRST_DAY))).length
  const wanted = scale.records / (natural * firms.length * DAYS)
  const times = Math.ceil(wanted)
  const thefts = plannedThefts(scale, firms)
  for (let n = 0; n < DAYS; n++) {
    const midnight = FIRST_DAY + n * DAY
    const random = makeRandom(`load/${n}`)
    const packed = thefts.filter(({ day }) => day === n).map(theft => stolen(theft, midnight))
    for (const [unit, firm] of firms.entries())
      for (let time = 0; time < times; time++) {
        const day = makeDay(makeRandom(`load/${unit}/${n}/${time}`), firm, midnight)
        for (const one of read(background(day)))
          if (random.chance(wanted / times)) packed.push(pack(one, midnight))
      }
    yield* blobsOf(random, packed, midnight, n === DAYS - 1)
  }
}

/** The slots that count, of what the product reads. */
function read(all: readonly Occurrence[]): Occurrence[] {
  return all.filter(({ contentType }) => TYPES.includes(contentType))
}

function firmOf(unit: number): Firm {
  const firm = makeFirm(makeRandom(`load/firm/${unit}`), TENANT)
  const domain = `unit${unit}.birchwood.example`
  return JSON.parse(JSON.stringify(firm).replaceAll('@birchwood.example', `@${domain}`))
}

function pack({ at, contentType, record }: Occurrence, midnight: number): Packed {
  return { contentType, slot: slotOf(at, midnight), text: JSON.stringify(record) }
}

function slotOf(at: number, midnight: number): number {
  return Math.min(SLOTS.length - 1, Math.max(0, Math.floor((at - midnight - OPENS) / SLOT)))
}

interface Theft {
  readonly n: number
  readonly day: number
  readonly slot: number
  readonly firm: Firm
  readonly person: Firm['people'][number]
}

/** A rule that sends a mailbox's mail out of the house, in one record: the blob that holds it is all that an alert needs. */
function plannedThefts({ records: all }: Scale, firms: readonly Firm[]): Theft[] {
  const early = Math.min(200, Math.max(20, Math.round(all / 20_000)))
  const live = Math.round(early / 2)
  return Array.from({ length: early + live }, (_, n) => {
    const firm = firms[n % firms.length] as Firm
    const person = firm.people[Math.floor(n / firms.length)]
    if (person === undefined) throw new Error('There are fewer people than thefts.')
    const isLive = n >= early
    const slot = isLive ? SLOTS.length - 1 - (n % LIVE_SLOTS) : n % (SLOTS.length - LIVE_SLOTS)
    return { n, day: isLive ? DAYS - 1 : n % DAYS, slot, firm, person }
  })
}

function stolen({ n, firm, person, slot }: Theft, midnight: number): Packed {
  const day: Day = makeDay(makeRandom(`load/theft/${n}`), firm, midnight)
  const loot = `postfast${n.toString().padStart(4, '0')}`
  const kit = day.kit('theft')
  const record = records.newInboxRule(kit, {
    at: midnight + (SLOTS[slot] ?? 0) + kit.random.int(0, SLOT / 1_000 - 1) * 1_000,
    mailbox: person,
    ip: INTRUDER_IPS[n % INTRUDER_IPS.length] ?? INTRUDER_IPS[0],
    session: kit.random.guid(),
    rule: { Name: '.', ForwardTo: `copies@${loot}.example`, DeleteMessage: 'True' },
  })
  return { ...pack(happens('Audit.Exchange', record), midnight), loot }
}

function* blobsOf(
  random: Random,
  packed: readonly Packed[],
  midnight: number,
  isLast: boolean,
): Generator<Blob> {
  const bySlot = Map.groupBy(packed, ({ slot }) => slot)
  for (const slot of SLOTS.keys()) {
    const ready = midnight + OPENS + (slot + 1) * SLOT + SETTLING
    const live = isLast && slot >= SLOTS.length - LIVE_SLOTS
    const blobs: Blob[] = []
    for (const contentType of TYPES) {
      const own = random.shuffle((bySlot.get(slot) ?? []).filter(one => one.contentType === contentType))
      let again: Packed[] = []
      for (let i = 0; i < own.length; i += RECORDS_A_BLOB) {
        const fresh = own.slice(i, i + RECORDS_A_BLOB)
        const all = [...fresh, ...again]
        again = fresh.filter(({ loot }) => loot === undefined && random.chance(0.02))
        if (random.chance(0.3)) all.push(...again.slice(0, 1))
        const texts = all.map(({ text }) => text)
        if (random.chance(0.02)) texts.push('{"Id":"unreadable"}')
        blobs.push({
          contentType,
          availableAt: ready + random.int(0, 5 * 60) * 1_000,
          text: `[${texts.join(',')}]`,
          records: texts.length,
          loot: all.flatMap(({ loot }) => loot ?? []),
          live,
        })
      }
    }
    yield* blobs.sort((a, b) => a.availableAt - b.availableAt)
  }
}
