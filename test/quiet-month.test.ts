import { describe, expect, it } from 'vitest'
import { UNTUNED } from '../core/tuning/config.ts'
import { attackOn, type Occurrence, quietMonth } from '../emulator/index.ts'
import { isLoud, told, verdictOn } from './support/month.ts'

const month = quietMonth()
const occurrences = [...month.occurrences()]
const [admin] = month.truth.events.filter(({ what }) => what.startsWith('lets the CRM')).map(({ who }) => who)

/**
 * What a month of fifty honest people may cost their administrator: one message a week, each about something that he did
 * and that somebody else could have done in his name.
 */
const EXPECTED = [
  // An application was let into everybody's mail. Nobody but the one who did it knows that it is the CRM's add-in.
  { days: [1, 1], actor: admin, severity: 'high', detections: ['consent-mail-scopes'] },
  // A new colleague may open info@ and sales@ and write in their names: so would a stranger's account.
  { days: [8, 8], actor: admin, severity: 'medium', detections: ['mailbox-permission'] },
  // Mail searched through Purview leaves no trace in the mailbox; that Microsoft says so as well makes it no worse.
  { days: [23, 24], actor: admin, severity: 'medium', detections: ['content-search', 'vendor-alert'] },
  // Rights on orders@ for two, and the day after the whole mailbox of somebody who left: one message for both.
  { days: [25, 26], actor: admin, severity: 'medium', detections: ['mailbox-permission'] },
] as const

describe.each([1, 2, 3])('a quiet month with seed %i', seed => {
  const own = quietMonth({ seed })
  const { alerts, findings } = verdictOn(own, seed === 1 ? occurrences : own.occurrences())
  const loud = alerts.filter(isLoud)

  it('costs its administrator four messages, each of which can be defended', () => {
    const cards = loud.map(alert => told(own, alert))
    if (seed === 1) console.info(loud.map(({ severity, sentence }) => `${severity}: ${sentence}`).join('\n'))
    expect(cards).toEqual(EXPECTED)
    expect(loud.length).toBeLessThanOrEqual(4)
  })

  it('is told of nothing but what happened', () => {
    for (const alert of loud) {
      const { days, actor } = told(own, alert)
      const behind = own.truth.events.filter(({ n, who }) => who === actor && n >= days[0] && n <= days[1])
      expect(behind, alert.sentence).not.toEqual([])
    }
  })

  it('has other findings too, which page nobody', () => {
    const low = findings.filter(({ finding }) => finding.severity === 'low')
    expect(low.map(({ finding }) => finding.detection)).toEqual(
      expect.arrayContaining(['transport-rule', 'vendor-alert']),
    )
  })
})

describe('what the administrator declared', () => {
  it('is the CRM, the backup and the office; without it the backup alone is a message a night', () => {
    const { declared } = month
    expect(declared.trustedApps.map(({ name }) => name)).toEqual(['Larder CRM', 'Strongroom Backup'])
    const backup = `app:${declared.trustedApps[1]?.appId}`
    const { findings } = verdictOn(month, occurrences, UNTUNED)
    const nights = findings.filter(
      ({ finding }) => finding.actor === backup && finding.detection === 'cross-mailbox-access',
    )
    expect(nights).toHaveLength(month.days)
  })
})

describe('a mailbox stolen on the twentieth of the month', () => {
  const { occurrences: attack, expected } = attackOn(month.day(19))
  const robbed = merged(occurrences, attack)
  const { alerts, findings } = verdictOn(month, robbed)

  it('is the month and nothing but the attack on top', () => {
    expect(attack.length).toBeGreaterThan(50)
    expect(new Set(robbed.map(({ record }) => record.Id)).size).toBe(occurrences.length + attack.length)
  })

  it('is found in every stage: the script, the bulk of it, the rule, and the other mailboxes', () => {
    for (const { detection, actor, mailboxes } of expected) {
      const found = findings
        .filter(({ finding }) => finding.detection === detection)
        .filter(({ finding }) => mailboxes.every(mailbox => finding.mailboxes.includes(mailbox)))
        .filter(({ finding }) => finding.actor === actor || finding.actor === `app:${actor}`)
      expect(found, detection).not.toEqual([])
    }
  })

  it('is told of the twentieth, above medium, and the four messages of the quiet month beside it', () => {
    const cards = alerts.filter(isLoud).map(alert => told(month, alert))
    const ofTheDay = cards.filter(({ actor }) => actor !== admin)
    expect(new Set(ofTheDay.map(({ actor }) => actor))).toEqual(
      new Set([expected[0]?.actor, `app:${expected.at(-1)?.actor}`]),
    )
    for (const { days, severity } of ofTheDay) {
      expect(days[0]).toBeGreaterThanOrEqual(18)
      expect(days[1]).toBeLessThanOrEqual(20)
      expect(['high', 'critical']).toContain(severity)
    }
    expect(ofTheDay.some(({ severity }) => severity === 'critical')).toBe(true)
    expect(cards.filter(({ actor }) => actor === admin)).toEqual(EXPECTED)
  })
})

function merged(...lists: readonly (readonly Occurrence[])[]): Occurrence[] {
  return lists.flat().sort((a, b) => a.at - b.at)
}
