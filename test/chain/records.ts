import { iso } from '../../core/model/time.ts'
import { MIDNIGHT, type RawRecord } from '../support/histories.ts'

/** A record that is a finding by itself, `n` seconds after midnight; `n` is its id as well. */
export function flag(n: number, more: Partial<RawRecord> = {}): RawRecord {
  return {
    Id: `00000000-0000-4000-8000-${n.toString().padStart(12, '0')}`,
    CreationTime: iso(MIDNIGHT + n).slice(0, 19),
    Operation: 'Flag',
    UserId: 'ada@birchwood.example',
    SessionId: 's1',
    Folders: [],
    ...more,
  }
}
