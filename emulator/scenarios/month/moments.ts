import { HOUR, MINUTE, SECOND } from '../../clock.ts'
import type { Random } from '../../random.ts'
import { isAtWork, SLOT, SLOTS } from '../day.ts'
import type { Person } from '../firm.ts'
import type { Presence } from './calendar.ts'
import { COMMUTE, comes, type Kind, leaves } from './places.ts'

/** A look into the mailbox. */
export interface Moment {
  /** Milliseconds since midnight. */
  readonly time: number
  readonly kind: Kind
}

/** Unread messages from which on somebody first clears the pile, look by look. */
const PILE = 120

/** When somebody looks at the mail of a day, in order of time. */
export function momentsOf(random: Random, person: Person, does: Presence, unread: number): Moment[] {
  const within = (from: number, to: number) =>
    from + random.int(0, Math.max(0, Math.floor((to - from) / SECOND) - 1)) * SECOND
  const some = (kind: Kind, chance: number, most: number, from: number, to: number): Moment[] =>
    random.chance(chance)
      ? Array.from({ length: random.int(1, most) }, () => ({ kind, time: within(from, to) }))
      : []
  const phone = person.phone === undefined ? [] : [...phoneMoments(some, person, does)]
  const busy = does === 'works' || does === 'travels'
  const desk = busy
    ? SLOTS.filter(slot => isAtWork(person, slot)).flatMap(slot => some('desk', 0.82, 2, slot, slot + SLOT))
    : does === 'free'
      ? some('desk', 0.06, 2, 10 * HOUR, 20 * HOUR)
      : []
  const pile =
    busy && unread > PILE
      ? Array.from({ length: Math.ceil(unread / 9) }, (_, i) => ({
          kind: 'desk' as const,
          time: comes(person) + 4 * MINUTE + i * random.int(150, 210) * SECOND,
        }))
      : []
  return [...phone, ...desk, ...pile].sort((a, b) => a.time - b.time)
}

function* phoneMoments(
  some: (kind: Kind, chance: number, most: number, from: number, to: number) => Moment[],
  person: Person,
  does: Presence,
): Iterable<Moment> {
  const [from, to] = [comes(person), leaves(person)]
  if (does === 'works' || does === 'travels') {
    yield* some('phone', 0.6, 2, from - 80 * MINUTE, from - COMMUTE)
    yield* some('phone', 0.7, 3, from - COMMUTE, from)
    yield* some('phone', 0.5, 3, from, to)
    yield* some('phone', 0.6, 2, to, to + COMMUTE)
    yield* some('phone', 0.5, 3, to + COMMUTE, 22 * HOUR)
  } else if (does === 'free') yield* some('phone', 0.6, 4, 8 * HOUR, 22 * HOUR)
  else if (does === 'holiday') yield* some('phone', 0.5, 3, 8 * HOUR, 22 * HOUR)
}
