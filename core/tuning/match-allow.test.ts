import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeFinding } from '../../test/chain/findings.ts'
import { MIDNIGHT } from '../../test/support/histories.ts'
import { MOST_NAMES } from '../engine/evaluate.ts'
import type { Finding } from '../model/finding.ts'
import { DAY } from '../model/time.ts'
import { type AllowFields, allowEntry, MATCHERS } from './allow-schema.ts'
import { matchAllow } from './match-allow.ts'

const ADA = 'ada@birchwood.example'
const BEN = 'ben@birchwood.example'
const APP = '7c1f0a52-3d84-4be6-9a20-51f7e8c36d1b'
const OTHER = 'e0b6a4d9-2c75-4f1e-8d33-9a1b6c0f7e24'

const said = { reason: 'a move', owner: 'it', until: '2026-12-31' }
const allows = (entry: Partial<AllowFields>, finding: Partial<Finding>) =>
  matchAllow(makeFinding(finding), [allowEntry({ ...said, ...entry })]).length === 1

describe('an allow entry matches', () => {
  it.each<[string, Partial<AllowFields>, Partial<Finding>, boolean]>([
    ['its detection', { detection: 'probe' }, {}, true],
    ['no other detection', { detection: 'other' }, {}, false],
    ['who did it', { actor: ADA }, {}, true],
    ['nobody else', { actor: BEN }, {}, false],
    ['not what somebody else had a part in', { actor: ADA }, { actors: [ADA, BEN] }, false],
    ['not what the other did most of', { actor: BEN }, { actors: [ADA, BEN] }, false],
    [
      'an application that records name the owners for',
      { actor: `app:${APP}` },
      { actor: `app:${APP}`, key: [`app:${APP}`], actors: [ADA, BEN] },
      true,
    ],
    [
      'the mailbox it is about, whoever the records name',
      { actor: BEN },
      { actor: BEN, actors: ['s-1-5-18'] },
      true,
    ],
    ['its application', { app: APP }, { app: APP, apps: [APP] }, true],
    ['no other application', { app: APP }, { app: OTHER, apps: [OTHER] }, false],
    ['not what another application had a part in', { app: APP }, { app: APP, apps: [APP, OTHER] }, false],
    ['an application that is the subject', { app: APP }, { key: [`app:${APP}`] }, true],
    ['a program of it that is the subject', { app: APP }, { key: [`app:${APP}/ruby`] }, true],
    ['no subject that begins alike', { app: APP }, { key: [`app:${APP}0`] }, false],
    ['nothing that names no application', { app: APP }, {}, false],
    ['its mailbox', { mailbox: ADA }, { mailboxes: [ADA] }, true],
    ['not a mailbox among others', { mailbox: ADA }, { mailboxes: [ADA, BEN] }, false],
    ['nothing that names no mailbox', { mailbox: ADA }, { mailboxes: [] }, false],
    ['its network', { network: '192.0.2.0/24' }, { addresses: ['192.0.2.7', '192.0.2.9'] }, true],
    ['its address', { network: '192.0.2.7' }, { addresses: ['192.0.2.7'] }, true],
    [
      'not what came from elsewhere too',
      { network: '192.0.2.0/24' },
      { addresses: ['192.0.2.7', '198.51.100.1'] },
      false,
    ],
    ['nothing that names no address', { network: '192.0.2.0/24' }, { addresses: [] }, false],
    [
      'nothing that names as many addresses as are kept',
      { network: '10.0.0.0/8' },
      { addresses: Array.from({ length: MOST_NAMES }, (_, n) => `10.0.0.${n}`) },
      false,
    ],
  ])('%s', (_, entry, finding, is) => {
    expect(allows(entry, finding)).toBe(is)
  })

  it('what all its matchers match, and nothing that one of them does not', () => {
    const whole = { detection: 'probe', actor: ADA, app: APP, mailbox: ADA, network: '192.0.2.0/24' }
    const wrong = { detection: 'x', actor: BEN, app: OTHER, mailbox: BEN, network: '198.51.100.0/24' }
    const finding = { app: APP, apps: [APP] }
    fc.assert(
      fc.property(fc.subarray([...MATCHERS], { minLength: 1 }), fc.subarray([...MATCHERS]), (given, bad) => {
        const entry = Object.fromEntries(
          given.map(name => [name, (bad.includes(name) ? wrong : whole)[name]]),
        )
        expect(allows(entry, finding)).toBe(!given.some(name => bad.includes(name)))
      }),
      { numRuns: 200, seed: 1 },
    )
  })

  it('by the time of the finding, whole days of UTC, the last one included', () => {
    const on = (end: number) =>
      allows({ actor: ADA, from: '2026-11-20', until: '2026-11-21' }, { start: end - 60, end })
    expect([MIDNIGHT - 1, MIDNIGHT, MIDNIGHT + 2 * DAY - 1, MIDNIGHT + 2 * DAY].map(on)).toEqual([
      false,
      true,
      true,
      false,
    ])
  })

  it('anything before its end where it names no first day', () => {
    expect(allows({ actor: ADA, until: '2026-11-20' }, { start: 0, end: 60 })).toBe(true)
  })
})

it('entries come in the order of the file', () => {
  const entries = [{ actor: ADA }, { actor: BEN }, { mailbox: ADA }, { detection: 'probe' }].map(one =>
    allowEntry({ ...said, ...one }),
  )
  expect(matchAllow(makeFinding(), entries)).toEqual([entries[0], entries[2], entries[3]])
})
