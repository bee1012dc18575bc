import { describe, expect, it } from 'vitest'
import type { PageTimeline } from './timeline.ts'
import { renderTimeline } from './timeline.ts'

const from = Date.UTC(2026, 10, 20) / 1000
const day: PageTimeline = {
  from,
  step: 3_600,
  bars: Array.from({ length: 24 }, (_, i) => i * 10),
  incidents: [
    { at: from + 9 * 3_600, severity: 'high' },
    { at: from + 14 * 3_600, severity: 'medium' },
    { at: from + 14 * 3_600, severity: 'critical' },
  ],
}

const times = (html: string, piece: RegExp): number => html.match(piece)?.length ?? 0

describe('renderTimeline', () => {
  it('draws a bar for each stretch that had records, and a dot for each incident', () => {
    const html = renderTimeline(day)
    expect(times(html, /<rect class="bar"/g)).toBe(23)
    expect(html).toContain('<circle class="high" cx="180" cy="34" r="5"')
    expect(html).toContain('<title>high, 09:00 UTC</title>')
    expect(html).toContain('20 Nov 2026: 2,760 records, 3 incidents')
  })

  it('puts the worst of two incidents at one time lowest', () => {
    const html = renderTimeline(day)
    expect(html).toMatch(/class="critical" cx="280" cy="34"/)
    expect(html).toMatch(/class="medium" cx="280" cy="21"/)
  })

  it('says in words what the colours mean', () => {
    expect(renderTimeline(day).replace(/<[^>]*>/g, '|')).toMatch(/records.*1 critical.*1 high.*1 medium/)
    expect(renderTimeline(day)).not.toContain('low')
    expect(renderTimeline(day)).not.toContain('nothing could be read')
  })

  it('shows when nothing could be read', () => {
    const html = renderTimeline({ ...day, gaps: [{ from: from + 3_600, to: from + 7_200 }] })
    expect(html).toContain('<rect class="gap" x="20" y="0" width="20"')
    expect(html).toContain('nothing could be read')
  })

  it('leaves out incidents of other days', () => {
    const html = renderTimeline({ ...day, incidents: [{ at: from - 1, severity: 'low' }] })
    expect(html).toContain('0 incidents')
    expect(html).not.toContain('<circle')
  })

  it('names the days where there are several', () => {
    const html = renderTimeline({ ...day, step: 4 * 3_600 })
    expect(html).toContain('20 Nov 2026 – 23 Nov 2026')
    expect(html).toContain('<span>22 Nov 2026</span>')
  })

  it('draws nothing of nothing', () => {
    expect(renderTimeline({ from, step: 600, bars: [], incidents: [] })).toBe('')
    expect(renderTimeline({ from, step: Number.NaN, bars: [1], incidents: [] })).toBe('')
    expect(renderTimeline({ from, step: 600, bars: [0, Number.NaN, -1], incidents: [] })).toContain(
      '0 records',
    )
  })
})
