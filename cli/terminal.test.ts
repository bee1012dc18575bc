import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hostileAlert } from '../test/support/hostile-alert.ts'
import { SAMPLE_ALERTS } from '../test/support/sample-alerts.ts'
import { alertText, summaryText } from './terminal.ts'

describe('an alert on a terminal', () => {
  test.each(SAMPLE_ALERTS)('$name says what its card says', ({ alert, posted }) => {
    const text = alertText(alert, posted)
    const flat = text.replaceAll('\n', ' ')
    for (const part of [alert.headline, alert.sentence, alert.incident, alert.notKnown, ...alert.steps])
      expect(flat).toContain(part)
    for (const { name, value } of alert.facts)
      expect(text).toContain(`\n  ${name.padEnd(10)} ${value.slice(0, 200)}`)
    expect(text).toMatch(/ {2}Clock +Happened .* posted .* UTC\n/)
    expect(alertText(alert)).not.toContain('Clock')
  })

  test('stays text whatever an attacker wrote into it', () => {
    fc.assert(
      fc.property(hostileAlert, alert => {
        expect(alertText(alert, 0)).not.toMatch(
          /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/,
        )
      }),
      { numRuns: 200 },
    )
  })
})

describe('the summary', () => {
  const nothing = {
    records: 0,
    duplicates: 0,
    rejected: {},
    mailboxes: 0,
    mailboxesWithReads: 0,
    from: undefined,
    to: undefined,
  }

  test('says plainly that nothing was found', () => {
    expect(summaryText(nothing, 0, 0)).toBe(
      '0 records · 0 mailboxes · 0 with recorded reads · 0 duplicates dropped\nNothing found.\n',
    )
  })

  test('counts with thousands, and names what could not be read', () => {
    const totals = {
      ...nothing,
      records: 41_882,
      duplicates: 1_210,
      rejected: { 'too-deep': 3, malformed: 1_000 },
    }
    expect(summaryText(totals, 1, 1)).toBe(
      '41,882 records · 0 mailboxes · 0 with recorded reads · 1,210 duplicates dropped\n' +
        'Could not be read: 3 too-deep, 1,000 malformed\n1 finding in 1 incident.\n',
    )
  })
})
