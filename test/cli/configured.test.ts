import { readdir } from 'node:fs/promises'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { HOUR, MINUTE, type TenantOptions } from '../../emulator/index.ts'
import { breakIn, counts, publish } from './break-in.ts'
import { complaintsOf, findingsOf, type Line, makeCommand, summaryOf } from './command.ts'
import { FINDING, FINDING_WITHOUT_APP, SUMMARY } from './contract.ts'
import { type Firm, startFirm } from './firm.ts'

const command = makeCommand()
const blobs = breakIn(Date.now() - 2 * HOUR)
const delivered = Date.now() - 10 * MINUTE
const EXPECTED = ['cross-mailbox-access', 'inbox-rule-forwarding', 'suspicious-client']
const detectionsOf = (findings: readonly Line[]) => findings.map(({ detection }) => detection)
const incidentsOf = (findings: readonly Line[]) =>
  [...new Set(findings.map(({ incident }) => incident))].sort()

async function openFirm(options: TenantOptions = {}): Promise<Firm> {
  const firm = await startFirm(options)
  onTestFinished(firm.stop)
  return firm
}

async function cycle(firm: Firm, data: string, ...more: string[]) {
  const ended = await command.run(['start', '--once', '--json', '--data', data, ...more], firm.surroundings())
  firm.checkSecrets(ended)
  return { ...ended, findings: findingsOf(ended), summary: summaryOf(ended) }
}

describe.runIf(inject('storage'))('waxseal start --once, with a tenant configured', () => {
  test('does one whole cycle a run, and remembers', async () => {
    const firm = await openFirm()
    const data = await command.folder('state')
    const [hidden, ...published] = blobs
    if (hidden === undefined) throw new Error('nothing happened')
    publish(firm.tenant, published, delivered)

    const first = await cycle(firm, data)
    expect(first).toMatchObject({ code: 0, stderr: '' })
    for (const finding of first.findings)
      expect([FINDING, FINDING_WITHOUT_APP]).toContainEqual(Object.keys(finding))
    expect(Object.keys(first.summary ?? {})).toEqual(SUMMARY)
    expect(first.summary).toMatchObject({ ...counts(published), rejected: {}, incidents: 3 })
    expect(detectionsOf(first.findings)).toEqual(expect.arrayContaining(EXPECTED))
    expect(
      firm
        .cards()
        .map(({ incident }) => incident)
        .sort(),
    ).toEqual(incidentsOf(first.findings))

    const idle = await cycle(firm, data)
    expect(idle).toMatchObject({ code: 0, stderr: '', findings: [] })
    expect(idle.summary).toMatchObject({ records: 0, findings: 0 })
    expect(firm.cards()).toHaveLength(3)

    publish(firm.tenant, [hidden], delivered)
    const second = await cycle(firm, data)
    expect(second).toMatchObject({ code: 0, stderr: '' })
    expect(second.summary).toMatchObject(counts([hidden]))
    expect(second.findings).toContainEqual(
      expect.objectContaining({ detection: 'cross-mailbox-access', count: 12 }),
    )

    const { withoutPublisher, gaps, badRanges, never, again, startsInCoolDown, unfollowedLinks } =
      firm.tenant.audit()
    expect({ withoutPublisher, badRanges, never, again, startsInCoolDown, unfollowedLinks }).toEqual({
      withoutPublisher: {},
      badRanges: [],
      never: [],
      again: [],
      startsInCoolDown: [],
      unfollowedLinks: [],
    })
    expect(gaps.filter(({ open }) => !open)).toEqual([])
    expect(await readdir(data)).toEqual(['azurite'])

    const forgotten = await cycle(firm, data, '--fresh')
    expect(forgotten.summary).toMatchObject({ ...counts(blobs), incidents: 3 })
    expect(firm.tenant.audit().never).toEqual([])
  })

  test('a card that Teams does not take comes with the next run, once', async () => {
    const until = Date.now() + 20 * MINUTE
    const firm = await openFirm({ faults: { seed: 1, faults: [{ kind: 'outage', on: ['teams'], until }] } })
    publish(firm.tenant, blobs, delivered)
    const data = await command.folder('outage')

    const first = await cycle(firm, data)
    expect(first.code).toBe(0)
    expect(incidentsOf(first.findings)).toHaveLength(3)
    expect(first.stderr).toMatch(/3 alerts wait for a receiver/)
    expect(firm.cards()).toEqual([])

    firm.pass(30 * MINUTE)
    const second = await cycle(firm, data)
    expect(second).toMatchObject({ code: 0, stderr: '', findings: [] })
    expect(incidents(firm)).toEqual(incidentsOf(first.findings))

    firm.pass(30 * MINUTE)
    await cycle(firm, data)
    expect(firm.cards()).toHaveLength(3)
  })

  test('two runs at once take turns, or the second says that there is another', async () => {
    const firm = await openFirm()
    publish(firm.tenant, blobs, delivered)
    const data = await command.folder('shared')
    const both = await Promise.all([cycle(firm, data), cycle(firm, data)])
    for (const ended of both)
      if (ended.code !== 0) {
        expect(ended).toMatchObject({ code: 2, stdout: '' })
        expect(complaintsOf(ended)).toEqual([expect.stringMatching(/Another run is using .*shared-/)])
      }
    expect(both.map(({ code }) => code)).toContain(0)
    expect(both.map(({ findings }) => incidentsOf(findings).length).sort()).toEqual([0, 3])
    expect(firm.cards()).toHaveLength(3)
    expect(firm.tenant.audit()).toMatchObject({ never: [], again: [] })
  })
})

const incidents = (firm: Firm) =>
  firm
    .cards()
    .map(({ incident }) => incident)
    .sort()
