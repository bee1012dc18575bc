import fc from 'fast-check'
import type { Alert } from '../../core/model/alert.ts'
import { SEVERITIES } from '../../core/model/severity.ts'
import { HOSTILE_TEXTS } from './hostile.ts'

/** Texts that are hostile in form, in length, or in what they weigh once written as JSON. */
const text: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...HOSTILE_TEXTS),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .tuple(fc.constantFrom('😀', '\\', '"', '[', 'é.éé ', 'a.bb ', '田', '{{', '<', 'x, '), fc.nat(2_000))
    .map(repeat),
)

function repeat([piece, times]: [string, number]): string {
  return piece.repeat(times)
}

const number = fc.oneof(
  fc.nat(),
  fc.double(),
  fc.constantFrom(-1, 1e308, Number.NaN, Number.POSITIVE_INFINITY),
)
const many = <T>(of: fc.Arbitrary<T>, maxLength: number): fc.Arbitrary<T[]> =>
  fc.array(of, { maxLength, size: 'max' })

/** Alerts that no pipeline would make: every string an attacker's, every list too long, every number off. */
export const hostileAlert: fc.Arbitrary<Alert> = fc.record(
  {
    id: text,
    incident: text,
    revision: fc.nat(),
    tenant: text,
    severity: fc.constantFrom(...SEVERITIES),
    kind: text,
    headline: text,
    sentence: text,
    change: text,
    facts: many(fc.record({ name: text, value: text }), 12),
    timeline: fc.record({ title: text, from: number, step: number, bars: many(number, 300) }),
    steps: many(text, 6),
    notKnown: text,
    clock: fc.record(
      { start: number, end: number, delivered: number, seen: number },
      { requiredKeys: ['start', 'end'] },
    ),
    rules: many(
      fc.record(
        {
          finding: text,
          detection: text,
          severity: fc.constantFrom(...SEVERITIES),
          count: number,
          limit: number,
          withinMinutes: number,
          attack: many(text, 5),
        },
        { requiredKeys: ['finding', 'detection', 'severity', 'count', 'limit', 'attack'] },
      ),
      12,
    ),
    links: many(
      fc.record({
        title: text,
        url: fc.oneof(
          text,
          text.map(path => `https://entra.microsoft.com/#view/${path}`),
        ),
      }),
      6,
    ),
    mailboxes: many(text, 40),
    actor: text,
  },
  {
    requiredKeys: [
      ...(['id', 'incident', 'revision', 'tenant', 'severity', 'kind', 'headline', 'sentence'] as const),
      ...(['facts', 'steps', 'notKnown', 'clock', 'rules', 'links', 'mailboxes', 'actor'] as const),
    ],
  },
)
