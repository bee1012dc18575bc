import type { Slice } from '../../../model/checkpoint.ts'
import type { Search } from '../../../model/search.ts'
import type { Seconds } from '../../../model/time.ts'

/**
 * What is remembered of the searches of one tenant. It has to survive the process: a search takes minutes, and one that
 * is forgotten is submitted twice. `core/stores/searches.ts` is one.
 */
export interface SearchMemory {
  all(): Promise<readonly Search[]>
  find(span: Slice): Promise<Search | undefined>
  /** `false`: somebody else was first. */
  add(search: Search): Promise<boolean>
  /**
   * Changes a search as it is stored now, whoever else does so at the same time. `undefined`, from `change` and as the
   * answer: nothing was changed.
   */
  change(span: Slice, change: (search: Search) => Search | undefined): Promise<Search | undefined>
  /** Nothing is to be submitted before. */
  hold(until: Seconds): Promise<void>
  /** Counts a submission. Where one more is too many just now, it is not counted, and the seconds to wait are told. */
  submit(span: Slice, now: Seconds): Promise<Seconds>
}
