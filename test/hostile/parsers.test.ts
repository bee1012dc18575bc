import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { takeText } from '../../cli/input/unwrap.ts'
import { recipients } from '../../core/detections/kit/recipients.ts'
import { cloudOf } from '../../core/doctor/tenant-cloud.ts'
import { recordsIn } from '../../core/feeds/graph/audit-search/records.ts'
import { directoryAuditBody } from '../../core/feeds/graph/directory-audits.ts'
import { graphFailure } from '../../core/feeds/graph/failures.ts'
import { readRow } from '../../core/feeds/graph/hunting/rows.ts'
import { signInBody } from '../../core/feeds/graph/sign-ins.ts'
import { activityBody } from '../../core/feeds/graph-activity/body.ts'
import { entriesOf } from '../../core/feeds/graph-activity/lines.ts'
import { failure } from '../../core/feeds/management/failures.ts'
import { blobOutcome, contentOutcome, subscriptionsOutcome } from '../../core/feeds/management/outcomes.ts'
import { makeParser } from '../../core/feeds/normalise/parse.ts'
import { ConfigError, FeedError } from '../../core/model/errors.ts'
import { readGraphUri } from '../../core/model/graph-uri.ts'
import { isObject } from '../../core/model/values.ts'
import { claimsOf } from '../../core/net/claims.ts'
import { retryAfter } from '../../core/net/retry-after.ts'
import { ruleAsCmdlet } from '../../core/observers/inbox-rules/message-rule.ts'
import { readMessage } from '../../core/pipeline/messages.ts'
import { readBlob, readPieces } from '../../core/pipeline/read-blob.ts'
import { readSettings } from '../../core/settings.ts'
import { decodeMessage } from '../../core/stores/queue/text.ts'
import { decodeKey } from '../../core/stores/tables/keys.ts'
import { decodeValue, fromProperties } from '../../core/stores/tables/values.ts'
import { HOSTILE_TEXTS } from '../support/hostile.ts'

/** The least a text of JSON can be made of: also what is none, repeats a name, nests, or is no number anywhere else. */
const PIECES = [
  ...['{', '}', '[', ']', ',', ':', '"', '\\', '\\u', '\\ud800', '\n', '\ufeff', ' ', "'", '\u0000'],
  ...['1e999', '-0', '1E400', '9007199254740993', '0x1', 'NaN', 'null', 'true', '"2026-11-20T09:02:11"'],
]

/** Names that somebody reads, and those that every object has. */
const NAMES = [
  ...['__proto__', 'constructor', 'prototype', 'toString', 'length', 'then', 'toJSON', '', '0'],
  ...['value', 'error', 'code', 'message', 'feed', 'blobs', 'id', 'uri', 'created', 'expires', 'retry'],
  ...['contentId', 'contentUri', 'contentCreated', 'contentType', 'status', '@odata.nextLink'],
  ...['Id', 'Operation', 'CreationTime', 'RecordType', 'Parameters', 'AuditData', 'auditData', 'record'],
  ...['createdDateTime', 'activityDateTime', 'targetResources', 'initiatedBy', 'authenticationDetails'],
  ...['properties', 'time', 'requestUri', 'requestMethod', 'conditions', 'actions', 'forwardTo', 'Details'],
  ...['detections', 'allow', 'decoys', 'trustedApps', 'alertFrom', 'roles', 'oid', 'Timestamp'],
]

const leaf = fc.oneof(
  fc.constantFrom('null', 'true', '1e999', '-1', '1e-400', '9007199254740993', '[]', '{}', '""'),
  fc.constantFrom('"2026-11-20T09:02:11Z"', '"0b2d5c1e-7a84-4f0e-9f62-7c9d1e5a3b21"'),
  fc.constantFrom(...HOSTILE_TEXTS).map(text => JSON.stringify(text)),
)
const { value: likely } = fc.letrec<{ value: string }>(tie => ({
  value: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }).map(items => `[${items.join()}]`),
    fc
      .array(fc.tuple(fc.constantFrom(...NAMES), tie('value')), { maxLength: 6 })
      .map(entries => `{${entries.map(([name, item]) => `${JSON.stringify(name)}:${item}`).join()}}`),
  ),
}))
const deep = fc
  .tuple(
    fc.constantFrom(['[', ']'], ['{"value":', '}'], ['[{"__proto__":', '}]']),
    fc.integer({ min: 190, max: 60_000 }),
  )
  .map(([[open, close], times]) => `${open?.repeat(times)}1${close?.repeat(times)}`)
const wide = fc
  .tuple(fc.constantFrom('{},', '1,', 'null,', '[],', '"x",'), fc.integer({ min: 1_000, max: 60_000 }))
  .map(([item, times]) => `[${item.repeat(times).slice(0, -1)}]`)
const anyText = fc.oneof(
  { weight: 8, arbitrary: likely },
  { weight: 2, arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 20 }).map(all => all.join('')) },
  { weight: 1, arbitrary: deep },
  { weight: 1, arbitrary: wide },
)

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const reply = (status: number, body: string) => ({ status, body, headers: new Headers() })
const management = { tenantId: 't', contentType: 'Audit.Exchange', host: 'feed.example' } as const
const graph = { host: 'graph.example', what: 'sign-ins', permission: 'AuditLog.Read.All' }
const parse = makeParser('t')

async function* inChunks(text: string): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text)
  for (let from = 0; from < bytes.length; from += 1_000) yield bytes.subarray(from, from + 1_000)
}

/** One line, short, and of nothing a terminal or a log obeys. */
function expectSayable({ message, serverCode }: FeedError): void {
  expect(message).toMatch(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]{1,900}$/u)
  expect(serverCode ?? 'none').toMatch(/^[\w.-]{1,80}$/)
}

/** What reads a text or a value from outside. Whatever may be thrown is named by the class it is of. */
const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  'a listing': text => {
    const outcome = contentOutcome(reply(200, text), management, 'Audit.Exchange')
    if ('error' in outcome) return expectSayable(outcome.error)
    for (const { created, id, uri } of outcome.ok.blobs)
      expect(`${id}${uri}${created}`).toMatch(/^[\x21-\x7e]+$/)
    const items = parsed(text) as readonly unknown[]
    const skipped = [...outcome.ok.skipped.values()].reduce((sum, count) => sum + count, 0)
    expect(outcome.ok.blobs.length + skipped).toBe(items.length)
  },
  subscriptions: text => {
    const outcome = subscriptionsOutcome(reply(200, text), management)
    if ('error' in outcome) expectSayable(outcome.error)
  },
  'a blob as fetched': text => {
    const outcome = blobOutcome(reply(200, text), management)
    if ('error' in outcome) expectSayable(outcome.error)
  },
  'a refusal of the audit API': text => {
    for (const status of [301, 400, 401, 403, 404, 429, 500])
      expectSayable(failure('content', reply(status, text), management))
  },
  'a refusal of Graph': text => {
    for (const status of [307, 400, 401, 403, 404, 429, 503])
      expectSayable(graphFailure(reply(status, text), graph, true))
  },
  'the records of a blob': text => {
    try {
      const { counts, records } = readBlob(text, parse)
      const rejected = Object.values(counts.rejected).reduce((sum, count) => sum + count, 0)
      expect(counts.parsed).toBe(records.length + rejected)
      expect(counts.evaluated + counts.duplicates).toBe(records.length)
    } catch (error) {
      expect(error).toMatchObject({ name: 'FeedError', code: 'malformed' })
      expectSayable(error as FeedError)
    }
  },
  'an entry of directory audits': text => parse(directoryAuditBody(parsed(text))),
  'an entry of sign-ins': text => parse(signInBody(parsed(text))),
  'an entry of the activity log': text => parse(activityBody(parsed(text))),
  'lines of the activity log': text =>
    entriesOf(Buffer.from(text.slice(0, 3)), Buffer.from(text)).map(activityBody),
  'a row of hunting': text => readRow(parsed(text)),
  'an inbox rule': text => ruleAsCmdlet(parsed(text)),
  'recipients of a rule': text => recipients(parsed(text)),
  'an address of Graph': text => readGraphUri(text),
  'the cloud of a tenant': text => {
    const document = parsed(text)
    return isObject(document) && cloudOf(document)
  },
  'the claims of a token': text => claimsOf(`x.${Buffer.from(text).toString('base64url')}.y`),
  'Retry-After': text => {
    const header = text.replace(/[^\x20-\x7e]/g, '').slice(0, 400)
    const wait = retryAfter(new Headers({ 'retry-after': header }), 0)
    const { retryAfterMs } = new FeedError('throttled', 'x', { retryAfterMs: wait })
    expect(retryAfterMs ?? 0).toBeLessThanOrEqual(3_600_000)
  },
  'a message of the queue': text => named(() => readMessage(decodeMessage(text)), TypeError),
  'a key of storage': text => named(() => decodeKey(text), RangeError),
  'a row of storage': text =>
    named(() => decodeValue('ledger', fromProperties('ledger', { v0: Buffer.from(text) })), TypeError),
  'a line of an export': text => {
    const out: Parameters<typeof takeText>[2] = []
    takeText(text, 'file line 1', out)
    if (!/^\s*\{"(?:value|records)":\s*\[\]/.test(text)) return out
  },
  settings: text => {
    const environment = Object.fromEntries(
      [
        'AZURE_TENANT_ID',
        'TEAMS_WEBHOOK_URL',
        'WEBHOOK_SECRET',
        'INTERNAL_DOMAINS',
        'MANAGEMENT_API_URL',
      ].map(name => [name, text]),
    )
    named(() => readSettings(environment), ConfigError)
  },
}

/** It is read, or refused by an error of its own kind that quotes nothing at length and nothing that is obeyed. */
function named(read: () => unknown, kind: new (...given: never[]) => Error): void {
  try {
    read()
  } catch (error) {
    expect(error).toBeInstanceOf(kind)
    const problems = error instanceof ConfigError ? error.problems : [String(error)]
    for (const problem of problems)
      expect(problem).toMatch(/^[^\u0000-\u001f\u007f-\u009f\u202a-\u202e]{1,1500}$/)
  }
}

// The file that tunes has hostile tests of its own, in core/tuning.
describe('any text, read as', () => {
  it.each(Object.entries(READERS))('%s, has an outcome with a name', (_, read) => {
    fc.assert(
      fc.property(anyText, text => {
        read(text)
        expect(Object.keys(Object.prototype)).toEqual([])
        expect('admin' in {}).toBe(false)
      }),
      { numRuns: 400 },
    )
  })

  it('a blob in pieces, is counted as the blob in one piece', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, async text => {
        let records = 0
        const counts = await readPieces(inChunks(text), parse, () => records++)
        if (counts === undefined) return
        const rejected = Object.values(counts.rejected).reduce((sum, count) => sum + count, 0)
        expect(counts.parsed).toBe(records + rejected)
      }),
      { numRuns: 200 },
    )
  })

  it('pages of a search, has an outcome with a name', async () => {
    const span = { from: 0, to: 2_000_000_000 }
    await fc.assert(
      fc.asyncProperty(anyText, async text => {
        const page = parsed(text)
        const found = await recordsIn(
          (async function* () {
            yield Array.isArray(page) ? page : [page]
          })(),
          span,
        )
        expect(() => JSON.parse(found.text)).not.toThrow()
      }),
      { numRuns: 200 },
    )
  })
})
