import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, inject, test } from 'vitest'
import { readSettings } from '../../core/settings.ts'
import { takeover } from '../../emulator/index.ts'
import { type Ended, findingsOf, makeCommand, type Running, summaryOf, until } from './command.ts'
import { FINDING, FINDING_WITHOUT_APP, SUMMARY } from './contract.ts'
import { childrenOf, isRunning, TELLS } from './processes.ts'

const { folder, run, launch } = makeCommand()

describe.runIf(inject('storage'))('waxseal start --once, on the emulated tenant', () => {
  const scenario = takeover()
  const { CONTENT_TYPES } = readSettings({
    AZURE_TENANT_ID: scenario.tenant.tenantId,
    AzureWebJobsStorage: 'UseDevelopmentStorage=true',
  })
  /** What is asked for; nobody reads SharePoint's. */
  const blobs = scenario.timeline.filter(({ contentType }) =>
    CONTENT_TYPES.some(type => type === contentType),
  )

  test('finds what the takeover is made of, and says so in the lines of the contract', async () => {
    const cwd = await folder('empty')
    const running = launch(['start', '--once', '--json'], { cwd })
    const children = await childrenSeen(running)
    const ended = await running.ended
    expect(ended).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^AZURE_TENANT_ID is not set.*\n$/),
    })
    const findings = findingsOf(ended)
    for (const finding of findings)
      expect([FINDING, FINDING_WITHOUT_APP]).toContainEqual(Object.keys(finding))
    for (const { detection, actor, mailboxes } of scenario.expected)
      expect(findings).toContainEqual(
        expect.objectContaining({ detection, actor: actorOf(actor), mailboxes: mailboxes.toSorted() }),
      )
    // Nobody else did anything.
    expect(new Set(findings.map(({ actor }) => actor))).toEqual(
      new Set(scenario.expected.map(({ actor }) => actorOf(actor))),
    )
    const summary = summaryOf(ended)
    expect(Object.keys(summary ?? {})).toEqual(SUMMARY)
    const { records, duplicates } = counts()
    expect(summary).toMatchObject({ rejected: {}, findings: findings.length, incidents: 2 })
    // Graph's logs bring the sign-ins and the changes of the directory once more, under ids of their own.
    expect(Number(summary?.records)).toBeGreaterThan(records)
    expect(Number(summary?.duplicates)).toBeGreaterThanOrEqual(duplicates)

    expect(await readdir(cwd)).toEqual([])
    if (TELLS) expect(children).not.toEqual([])
    expect(children.filter(isRunning)).toEqual([])

    const file = join(await folder('records'), 'day.jsonl')
    await writeFile(file, blobs.map(({ records }) => JSON.stringify(records)).join('\n'))
    const replayed = await run(['replay', '--json', file])
    // A file holds what the Management API says; Graph says a part of it again, and shows the rule that was made.
    const known = new Set(findingsOf(replayed).flatMap(({ records }) => records))
    const readBack = new Set(findings.flatMap(({ records }) => records).filter(id => !known.has(id)))
    expect(readBack.size).toBe(1)
    const counted = (output: string) => output.replace(/"(records|duplicates)":\d+/g, '"$1":0')
    // What is read back is dated to the minute of the change, behind the record of it.
    const toTheMinute = (output: string) => output.replace(/("end":"[^"]+):\d\dZ"/g, '$1Z"')
    const withoutReadBack = (output: string) => output.replaceAll(`,"${[...readBack][0]}"`, '')
    expect(toTheMinute(counted(replayed.stdout))).toBe(withoutReadBack(toTheMinute(counted(ended.stdout))))
    expect(summaryOf(replayed)).toMatchObject({ records, duplicates })
  })

  test('shows each card that is posted, to people', async () => {
    const ended = await run(['start', '--once'])
    expect(ended.code).toBe(0)
    expect(ended.stdout).toMatch(/CRITICAL · /)
    for (const { actor } of scenario.expected) expect(ended.stdout).toContain(actor)
    expect(ended.stdout).toMatch(
      /\d findings in 2 incidents\.\nIn Azure about US\$0\.\d\d a month, prices of 2026-11 \(docs\/cost\.md\)\.\n$/,
    )
    expect(ended.stdout).toContain('Clock')
  })

  test('finds nothing on a quiet day, and needs nobody else: no proxy either', async () => {
    const ended = await run(['start', '--once', '--scenario', 'quiet-day', '--json'], {
      env: { HTTP_PROXY: 'http://127.0.0.1:9', HTTPS_PROXY: 'http://127.0.0.1:9' },
    })
    expect(ended.code).toBe(0)
    expect(findingsOf(ended)).toEqual([])
    expect(summaryOf(ended)).toMatchObject({ findings: 0, incidents: 0, rejected: {} })
  })

  /** Distinct records, and how often one comes again. */
  function counts() {
    const ids = blobs.flatMap(({ records }) => records.map(record => 'Id' in record && record.Id))
    const distinct = new Set(ids).size
    return { records: distinct, duplicates: ids.length - distinct }
  }
})

/** An application is an actor under its id. */
function actorOf(expected: string): string {
  return expected.includes('@') ? expected : `app:${expected}`
}

async function childrenSeen({ pid, ended }: Running): Promise<number[]> {
  if (!TELLS) return []
  let over: Ended | undefined
  void ended.then(end => {
    over = end
  })
  return await until(() => {
    const children = childrenOf(pid)
    return children.length > 0 || over ? children : undefined
  })
}
