import { HOUR, SECOND } from '../../clock.ts'
import { DELETED, DRAFTS, type Folder, INBOX, OUTLOOK_CLASSIC, SENT, sync } from '../../records/index.ts'
import type { Day } from '../day.ts'
import type { Person } from '../firm.ts'
import { happens, type Occurrence } from '../scenario.ts'
import type { Moment } from './moments.ts'
import { accessOf, type Month } from './month.ts'

const PROJECTS: Folder = { path: '\\Projects', name: 'Projects' }
const SUPPLIERS: Folder = { path: '\\Suppliers', name: 'Suppliers' }
const USUAL = [INBOX, SENT, PROJECTS]
/** What Outlook takes down when it sees a mailbox for the first time. */
const EVERYTHING = [...USUAL, SUPPLIERS, DELETED, DRAFTS]

/** Classic Outlook keeps a copy on the disk. A folder is on record once an hour: the first look of each decides. */
export function syncing(
  month: Month,
  day: Day,
  person: Person,
  n: number,
  moments: readonly Moment[],
): Occurrence[] {
  const kit = day.kit(`sync/${person.upn}`)
  const hours = new Map<number, number>()
  for (const { kind, time } of moments) {
    const hour = Math.floor(time / HOUR)
    if (kind === 'desk' && !hours.has(hour)) hours.set(hour, time)
  }
  return [...hours.values()].flatMap((time, i) => {
    const access = accessOf(month, day, person, n, time, 'desk')
    if (access?.client !== OUTLOOK_CLASSIC) return []
    const folders = i === 0 && n > 0 && access.device.since === n ? EVERYTHING : USUAL
    return folders.map((folder, k) =>
      happens(
        'Audit.Exchange',
        sync(kit, { ...access, at: access.at + Math.floor(k / 2) * SECOND, mailbox: person, folder }),
      ),
    )
  })
}
