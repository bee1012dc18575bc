import { describe, expect, it } from 'vitest'
import { blobOutcome, contentOutcome, startOutcome, subscriptionsOutcome } from './outcomes.ts'

const subject = { tenantId: 't', contentType: 'Audit.Exchange', host: 'manage.office.com' } as const
const reply = (status: number, body: unknown, headers: Record<string, string> = {}) => ({
  status,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  headers: new Headers(headers),
})
const af = (code: string) => ({ error: { code, message: 'As documented.' } })

describe('subscriptions', () => {
  it('may lack a status and a webhook', () => {
    const body = [
      { contentType: 'Audit.SharePoint', status: 'Enabled', webhook: { status: 'expired' } },
      { contentType: 'Audit.Exchange', webhook: null },
      { status: 'enabled' },
      null,
    ]
    expect(subscriptionsOutcome(reply(200, body), subject)).toEqual({
      ok: [
        { contentType: 'Audit.SharePoint', status: 'enabled' },
        { contentType: 'Audit.Exchange', status: undefined },
      ],
    })
  })

  it.each(['', '{}', 'null', '<html></html>', '[{'])('are malformed as %s', body => {
    expect(subscriptionsOutcome(reply(200, body), subject)).toMatchObject({ error: { code: 'malformed' } })
  })
})

describe('start', () => {
  it.each([
    [reply(200, { contentType: 'Audit.Exchange', status: 'enabled', webhook: null }), { ok: 'started' }],
    [reply(200, ''), { ok: 'started' }],
    [reply(400, af('AF20024')), { ok: 'already-enabled' }],
    [reply(400, af('AF20023')), { error: { code: 'subscription-disabled' } }],
    [reply(429, af('429')), { error: { code: 'start-cooldown' } }],
    [reply(401, af('AF10001')), { error: { code: 'consent-missing' } }],
  ])('%#', (answer, outcome) => {
    expect(startOutcome(answer, subject)).toMatchObject(outcome)
  })
})

describe('a listing', () => {
  const entry = {
    contentType: 'Audit.Exchange',
    contentId: 'a$b$c',
    contentUri: 'https://manage.office.com/x/a$b$c',
    contentCreated: '2026-11-20T09:02:05.123Z',
    contentExpiration: '2026-11-27T09:02:05.123Z',
  }

  it.each([
    ['contentId', 'x'.repeat(151)],
    ['contentId', 'a$b\nforged line'],
    ['contentId', 'ä$b'],
    ['contentUri', `https://manage.office.com/${'x'.repeat(2_000)}`],
    ['contentUri', 'https://manage.office.com/\u202e'],
    ['contentCreated', 'yesterday'],
    ['contentCreated', ' '.repeat(1_000_000)],
  ])('counts an entry whose %s cannot be kept, and keeps the others', (field, value) => {
    const page = contentOutcome(reply(200, [{ ...entry, [field]: value }, entry]), subject, 'Audit.Exchange')
    expect(page).toMatchObject({ ok: { blobs: [{ id: 'a$b$c' }], skipped: new Map([[field, 1]]) } })
  })

  it('nested deeper than any is malformed, before it is read', () => {
    const body = `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`
    expect(contentOutcome(reply(200, body), subject, 'Audit.Exchange')).toMatchObject({
      error: { code: 'malformed' },
    })
  })

  it('keeps the texts of the server as they are', () => {
    expect(contentOutcome(reply(200, [entry]), subject, 'Audit.Exchange')).toEqual({
      ok: {
        blobs: [
          {
            feed: 'Audit.Exchange',
            id: entry.contentId,
            uri: entry.contentUri,
            created: entry.contentCreated,
            expires: entry.contentExpiration,
          },
        ],
        next: undefined,
        skipped: new Map(),
      },
    })
  })

  it('counts what lacks a field, by field, and keeps the rest', () => {
    const { contentExpiration: _, ...unexpiring } = entry
    const body = [
      { ...entry, contentId: '' },
      { ...entry, contentUri: undefined },
      { ...entry, contentCreated: 7 },
      null,
      'text',
      unexpiring,
    ]
    expect(contentOutcome(reply(200, body), subject, 'f')).toMatchObject({
      ok: {
        blobs: [{ id: 'a$b$c', expires: undefined }],
        skipped: new Map([
          ['contentId', 3],
          ['contentUri', 1],
          ['contentCreated', 1],
        ]),
      },
    })
  })

  it.each([
    [{ NextPageUri: 'https://h/1' }, 'https://h/1'],
    [{ nextpageuri: 'https://h/1' }, 'https://h/1'],
    [{ NEXTPAGEURI: ' https://h/1 ' }, 'https://h/1'],
    [{ NextPageUrl: 'https://h/1' }, 'https://h/1'],
    [{ NextPageUri: '', NextPageUrl: 'https://h/1' }, 'https://h/1'],
    [{ NextPageUri: '' }, undefined],
    [{}, undefined],
  ])('with the headers %j goes on at %s', (headers, next) => {
    const answer = reply(200, [], headers as Record<string, string>)
    expect(contentOutcome(answer, subject, 'f')).toMatchObject({ ok: { next } })
  })

  it('that cannot be read is malformed, and its body is not quoted', () => {
    const outcome = contentOutcome(reply(200, '[{"contentId":"secret'), subject, 'f')
    expect(outcome).toMatchObject({ error: { code: 'malformed' } })
    expect(JSON.stringify(outcome)).not.toContain('secret')
  })
})

describe('a blob', () => {
  it.each(['[{"Id":"1"}]', ' [] \n', '{"Id":"1"}'])('is handed on as the text %j', body => {
    expect(blobOutcome(reply(200, body), subject)).toEqual({ ok: body })
  })

  it.each(['', '[', '[{"Id":"1"}', '<html></html>', 'Not found'])('is malformed as %j', body => {
    expect(blobOutcome(reply(200, body), subject)).toMatchObject({ error: { code: 'malformed' } })
  })

  it('that the server no longer has is expired', () => {
    expect(blobOutcome(reply(400, af('AF20051')), subject)).toMatchObject({
      error: { code: 'content-expired' },
    })
  })
})
