import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HOSTILE_TEXTS } from '../../test/support/hostile.ts'
import { detections } from '../detections/index.ts'
import { ConfigError } from '../model/errors.ts'
import { TALLY_CAP } from '../model/tally.ts'
import { parseConfig, UNTUNED } from './config.ts'

const NOW = Date.UTC(2026, 10, 20, 15) / 1000
const APP = '7c1f0a52-3d84-4be6-9a20-51f7e8c36d1b'

const read = (value: unknown) => parseConfig(JSON.stringify(value), detections, NOW)
const problemsOf = (value: unknown) => problemsIn(JSON.stringify(value))

function problemsIn(text: string): readonly string[] {
  try {
    parseConfig(text, detections, NOW)
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}

const entry = { actor: 'ada@birchwood.example', reason: 'moves house', owner: 'it', until: '2026-12-31' }

describe('the file', () => {
  it('may be empty of settings: then nothing is tuned', () => {
    expect(read({})).toEqual(UNTUNED)
    expect(read({ $schema: './waxseal.config.schema.json' })).toEqual(UNTUNED)
  })

  it('is read in full, names in lower case', () => {
    const config = read({
      detections: { 'bulk-mail-read': { enabled: true, terms: { 'reader-hour': { atLeast: 800 } } } },
      alertFrom: 'high',
      trustedApps: [APP.toUpperCase(), { id: 'e0b6a4d9-2c75-4f1e-8d33-9a1b6c0f7e24', name: 'CRM' }],
      trustedNetworks: ['192.0.2.0/24', '2001:db8::/32', '198.51.100.7'],
      internalDomains: ['Birchwood.example'],
      decoyMailboxes: ['Old.Payroll@birchwood.example'],
      sensitiveMailboxes: { finance: ['CFO@birchwood.example'] },
      allow: [{ ...entry, actor: ' Ada@Birchwood.example ' }],
    })
    expect(config).toEqual({
      detections: { 'bulk-mail-read': { enabled: true, terms: { 'reader-hour': { atLeast: 800 } } } },
      alertFrom: 'high',
      trustedApps: [{ id: APP }, { id: 'e0b6a4d9-2c75-4f1e-8d33-9a1b6c0f7e24', name: 'CRM' }],
      trustedNetworks: ['192.0.2.0/24', '2001:db8::/32', '198.51.100.7'],
      internalDomains: ['birchwood.example'],
      decoyMailboxes: ['old.payroll@birchwood.example'],
      sensitiveMailboxes: { finance: ['cfo@birchwood.example'] },
      allow: [{ ...entry, id: expect.stringMatching(/^[0-9a-f]{16}$/) }],
    })
  })

  it('tells every mistake at once, each with its path and what was meant', () => {
    const problems = problemsOf({
      detection: {},
      alertFrom: 'hihg',
      detections: {
        'bulk-mail-reed': {},
        'bulk-mail-read': {
          enabled: 'no',
          terms: {
            'reader-our': {},
            'reader-hour': { atLeast: 0, withinMinutes: 9, sevrity: 'low' },
            'reader-day': { atLeast: 5_000, withinMinutes: 10_081 },
            accesses: { atLeast: 2.5 },
          },
        },
        'suspicious-client': { terms: { tool: { withinMinutes: 60 } } },
      },
      trustedApps: ['backup', { id: APP, nmae: 'x' }, { name: 'y' }, 7, APP],
      trustedNetworks: ['192.0.2.0/33', '0.0.0.0/0', 'office'],
      internalDomains: ['someone@birchwood.example'],
      decoyMailboxes: ['*@birchwood.example'],
      sensitiveMailboxes: { '<b>': [], finance: 'cfo@birchwood.example' },
      allow: [
        { reason: ' ', owner: 'it', until: '31.12.2026' },
        { ...entry, detection: 'many-network', until: '2027-02-19' },
        { ...entry, from: '2027-01-01', until: '2027-04-02' },
        { ...entry, from: '2026-12-31', until: '2026-12-30' },
        { ...entry, actor: 'ada@*' },
      ],
    })
    expect(problems).toEqual([
      'detections.bulk-mail-read.enabled must be true or false, not the text "no".',
      `detections.bulk-mail-read.terms.reader-day.atLeast must be ${TALLY_CAP.toLocaleString('en-US')} or less.`,
      'detections.bulk-mail-read.terms.reader-day.withinMinutes must be 10,080 or less.',
      'detections.bulk-mail-read.terms.reader-hour.atLeast must be 1 or more.',
      'detections.bulk-mail-read.terms.reader-hour.withinMinutes must be 10 or more.',
      'detections.bulk-mail-read.terms.reader-hour.sevrity is not known; did you mean severity?',
      'detections.bulk-mail-read.terms.accesses.atLeast must be a whole number, not 2.5.',
      'detections.bulk-mail-read.terms.reader-our is not known; did you mean reader-hour?',
      'detections.suspicious-client.terms.tool.withinMinutes cannot be set: this limit has no window, it counts a whole day.',
      'detections.bulk-mail-reed is not known; did you mean bulk-mail-read?',
      'alertFrom is "hihg", which is not known; did you mean high?',
      'trustedApps[0] is no application id; copy the GUID from Entra, Enterprise applications.',
      'trustedApps[1].nmae is not known; did you mean name?',
      'trustedApps[2].id is missing.',
      'trustedApps[3] must be a text or an object.',
      'trustedNetworks[0] has no prefix from 8 to 32 behind the /.',
      'trustedNetworks[1] is too large a network to name as one; the shortest prefix is /8.',
      'trustedNetworks[2] is no network; write 192.0.2.0/24, 2001:db8::/32 or a single address.',
      'internalDomains[0] is no domain; write example.com.',
      'decoyMailboxes[0] is no mailbox; write its address in full: ada@example.com.',
      'sensitiveMailboxes."<b>" is no tag; use up to 40 letters and digits.',
      'sensitiveMailboxes.finance must be a list in [ ], not the text "cfo@birchwood.example".',
      'allow[0].reason is empty.',
      'allow[0].until is no day; write it as 2026-12-31.',
      'allow[1].detection is "many-network", which is not known; did you mean many-networks?',
      'allow[4].actor holds a wildcard, and none is known; write the name in full.',
      'detection is not known; did you mean detections?',
      'trustedApps[4] names the same application as trustedApps[1].',
      'allow[0] names nothing to allow; give detection, actor, app, mailbox, network or several.',
      'allow[1].until lies more than 90 days after today; the last day it can be is 2027-02-18.',
      'allow[2].until lies more than 90 days after from; the last day it can be is 2027-04-01.',
      'allow[3].until lies before from.',
    ])
  })

  it('says line and column where it is no JSON at all', () => {
    expect(() => parseConfig('{\n  "alertFrom": high\n}', detections, NOW)).toThrow(
      'is not JSON: line 2, column 16: ',
    )
  })

  it.each([null, 7, 'text', [], true])('is no %j', value => {
    expect(problemsOf(value)).toEqual([expect.stringMatching(/^The file must be an object in \{ \}, not /)])
  })
})

describe('an allow entry', () => {
  it('may hold 90 days from its first day, or from today, and be over', () => {
    for (const until of ['2027-02-18', '2026-11-20', '2025-01-01'])
      expect(problemsOf({ allow: [{ ...entry, until }] })).toEqual([])
    expect(problemsOf({ allow: [{ ...entry, from: '2024-01-01', until: '2024-03-31' }] })).toEqual([])
  })

  it('is the same entry exactly as long as it says the same', () => {
    const ids = [
      entry,
      { ...entry, reason: 'moves office' },
      { ...entry, until: '2026-12-30' },
      { ...entry, from: '2026-11-20' },
      { ...entry, mailbox: 'ada@birchwood.example' },
    ].map(one => read({ allow: [one] }).allow[0]?.id)
    expect(new Set(ids).size).toBe(ids.length)
    const turned = Object.fromEntries(Object.entries(entry).reverse())
    expect(read({ allow: [turned] }).allow[0]?.id).toBe(ids[0])
  })

  it.each(['00000003-0000-0000-c000-000000000000', '47629505-c2b6-4a80-adb1-9b3a3d233b7b'])(
    'names no id that any program can go by: %s',
    id => {
      const said = expect.stringContaining('is an id that any program can go by')
      expect(problemsOf({ trustedApps: [id], allow: [{ ...entry, app: id }] })).toEqual([said, said])
    },
  )
})

/** Names that mean something to JavaScript, and some of ours. */
const INNER = [
  ...['length', 'size', 'toString', 'valueOf', 'toJSON', 'then', 'constructor', '__proto__'],
  ...['id', 'networks', 'reason', 'owner', 'until', 'bulk-mail-read', 'terms', 'reader-hour', 'atLeast'],
]

const objects = (names: readonly string[], values: fc.Arbitrary<string>) =>
  fc
    .array(fc.tuple(fc.constantFrom(...names), values), { maxLength: 4 })
    .map(members => `{${members.map(([name, value]) => `${JSON.stringify(name)}: ${value}`)}}`)

describe('a hostile file', () => {
  it('changes no prototype, and the names of objects are no settings', () => {
    const text = `{"__proto__": {"alertFrom": "critical"}, "constructor": {}, "toString": 1,
      "detections": {"__proto__": {"enabled": false}, "hasOwnProperty": {}},
      "sensitiveMailboxes": {"__proto__": ["cfo@birchwood.example"]}}`
    try {
      parseConfig(text, detections, NOW)
      expect.unreachable()
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
      expect(error.problems).toEqual([
        '__proto__ (line 1) is no setting.',
        'detections.__proto__ (line 2) is no setting.',
        'sensitiveMailboxes.__proto__ (line 3) is no setting.',
        expect.stringMatching(/^detections\.hasOwnProperty is not known/),
        expect.stringMatching(/^constructor is not known/),
        expect.stringMatching(/^toString is not known/),
      ])
    }
    expect({}).not.toHaveProperty('enabled')
  })

  it('is told of in a bounded number of short sentences', () => {
    const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`${n}${'x'.repeat(300)}`, n]))
    const problems = problemsOf({ ...many, trustedNetworks: Array(20_000).fill('x'.repeat(300)) })
    expect(problems).toHaveLength(101)
    expect(problems.at(-1)).toMatch(/^[\d,]+ more mistakes follow\.$/)
    for (const problem of problems) expect(problem.length).toBeLessThan(400)
  })

  it.each(['{"length": {"toString": 1}}', '{"length": [{"toString": "x"}]}', '{"size": {"valueOf": 1}}'])(
    'has no list and no text that is %s',
    value => {
      const told = [
        `{"trustedApps": ${value}}`,
        `{"sensitiveMailboxes": {"finance": ${value}}}`,
        `{"allow": [{"reason": ${value}}]}`,
      ].map(text => problemsIn(text)[0])
      expect(told).toEqual([
        'trustedApps must be a list in [ ], not an object.',
        'sensitiveMailboxes.finance must be a list in [ ], not an object.',
        'allow[0].reason must be a text, not an object.',
      ])
    },
  )

  it('of any JSON is refused or read, and nothing else happens', () => {
    const { settings } = fc.letrec<{ value: string; settings: string }>(tie => ({
      value: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        fc.json({ maxDepth: 0 }),
        fc.array(tie('value'), { maxLength: 3 }).map(list => `[${list}]`),
        objects(INNER, tie('value')),
      ),
      settings: objects([...Object.keys(UNTUNED), '__proto__', 'then'], tie('value')),
    }))
    fc.assert(
      fc.property(settings, text => {
        for (const problem of problemsIn(text)) expect(problem).toMatch(/^[^\n\r]{1,400}$/)
      }),
      { numRuns: 30, seed: 1 },
    )
  })

  it.each(HOSTILE_TEXTS)('repeats %j in quotes at most', text => {
    for (const problem of problemsOf({ [text]: 1, alertFrom: text, sensitiveMailboxes: { [text]: [text] } }))
      expect(problem).toMatch(/^[^\n\r]{1,600}$/)
  })
})
