import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HOSTILE_TEXTS } from '../../../test/support/hostile.ts'
import { hostileAlert } from '../../../test/support/hostile-alert.ts'
import { SAMPLE_ALERTS } from '../../../test/support/sample-alerts.ts'
import { renderWebhook, WEBHOOK_BYTES } from './render.ts'

const [first] = SAMPLE_ALERTS
if (!first) throw new Error('there is no sample')
const { alert: sample, posted } = first

function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : []
}

describe('renderWebhook', () => {
  it('carries the alert with times as ISO 8601 in UTC', () => {
    const { data, ...outer } = renderWebhook(sample, posted)
    expect(outer).toEqual({ type: 'waxseal.incident', timestamp: '2026-11-20T10:20:00Z' })
    expect(data).toMatchObject({
      version: 1,
      id: '7f3a9c41d2e0-1',
      incident: '7f3a9c41d2e0',
      severity: 'high',
      mailboxes: ['a.larsen@birchwood.example'],
      mailboxCount: 1,
      start: '2026-11-20T09:02:00Z',
      end: '2026-11-20T09:41:00Z',
      delivered: '2026-11-20T10:18:00Z',
      posted: '2026-11-20T10:20:00Z',
      timeline: { from: '2026-11-20T08:30:00Z', stepSeconds: 600 },
      rules: sample.rules,
      links: sample.links,
    })
  })

  it('keeps addresses exact, for machines compare them', () => {
    const { data } = renderWebhook({ ...sample, actor: 'x_y@evil.example' }, posted)
    expect(data.actor).toBe('x_y@evil.example')
  })

  it('leaves out what there is none of', () => {
    const { timeline: _, clock, ...bare } = sample
    const { data } = renderWebhook({ ...bare, clock: { start: clock.start, end: clock.end } }, posted)
    expect(Object.keys(data)).not.toEqual(expect.arrayContaining(['timeline']))
    expect(Object.keys(data)).not.toEqual(expect.arrayContaining(['delivered']))
  })

  it('counts the mailboxes it leaves out', () => {
    const mailboxes = Array.from({ length: 250 }, (_, i) => `user${i}@birchwood.example`)
    const { data } = renderWebhook({ ...sample, mailboxes }, posted)
    expect(data.mailboxes).toHaveLength(100)
    expect(data.mailboxCount).toBe(250)
  })

  it('has no control, bidi or zero-width character in any text', () => {
    for (const text of HOSTILE_TEXTS) {
      const facts = [{ name: text, value: text }]
      const payload = renderWebhook(
        { ...sample, headline: text, sentence: text, actor: text, mailboxes: [text], facts, steps: [text] },
        posted,
      )
      for (const value of strings(payload)) expect(value).toMatch(/^[^\p{C}\p{DI}\p{Zl}\p{Zp}]*$/u)
    }
  })

  it('stays within its bytes, as JSON that reads back, for any alert', () => {
    fc.assert(
      fc.property(hostileAlert, fc.double(), (alert, at) => {
        const json = JSON.stringify(renderWebhook(alert, at))
        expect(Buffer.byteLength(json)).toBeLessThanOrEqual(WEBHOOK_BYTES)
        expect(JSON.parse(json).data.version).toBe(1)
      }),
      { numRuns: 60 },
    )
  })
})
