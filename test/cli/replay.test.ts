import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { csv } from '../../cli/input/testing.ts'
import { makeRandom } from '../../emulator/index.ts'
import { breakIn, busyHour, CRM, counts, DOMAIN } from './break-in.ts'
import { type Ended, findingsOf, makeCommand, summaryOf, WAXSEAL } from './command.ts'
import { FINDING, FINDING_WITHOUT_APP, SUMMARY } from './contract.ts'

const { folder, run, launchProgram } = makeCommand()

const DAY = Date.UTC(2026, 2, 3)
const blobs = breakIn(DAY)
const all = blobs.flatMap(([, part]) => part)
const jsonLines = (part: readonly object[]) => part.map(one => `${JSON.stringify(one)}\n`).join('')
const env = { INTERNAL_DOMAINS: DOMAIN }
const replay = (...args: string[]) => run(['replay', '--json', ...args], { env })

/** The same records in every form there is. */
async function forms() {
  const dir = await folder('forms')
  await mkdir(join(dir, 'blobs'))
  for (const [i, [, part]] of blobs.entries())
    await writeFile(join(dir, 'blobs', `${i}.json`), JSON.stringify(part))
  const rows = all.map((one, i) => ['Operation', String(i), JSON.stringify(one)])
  await writeFile(join(dir, 'export.csv'), csv([['Operations', 'ResultIndex', 'AuditData'], ...rows]))
  await writeFile(join(dir, 'export.jsonl'), jsonLines(all))
  await writeFile(join(dir, 'export.jsonl.gz'), gzipSync(jsonLines(all)))
  await writeFile(
    join(dir, 'unified.json'),
    JSON.stringify(all.map(one => ({ AuditData: JSON.stringify(one) }))),
  )
  return { dir, names: ['blobs', 'export.csv', 'export.jsonl', 'export.jsonl.gz', 'unified.json'] }
}

describe('waxseal replay', () => {
  test('says the same of the same records in every form, and of all forms together', async () => {
    const { dir, names } = await forms()
    const [first, ...others] = await inTurn(names, name => replay(join(dir, name)))
    if (first === undefined) throw new Error('there is no form')
    expect(first).toMatchObject({ code: 0, stderr: '' })
    for (const finding of findingsOf(first))
      expect([FINDING, FINDING_WITHOUT_APP]).toContainEqual(Object.keys(finding))
    for (const expected of [
      {
        detection: 'cross-mailbox-access',
        actor: `app:${CRM}`,
        app: CRM,
        severity: 'high',
        count: 12,
        limit: 10,
      },
      { detection: 'inbox-rule-forwarding', actor: `amara@${DOMAIN}`, start: '2026-03-03T00:20:00Z' },
      { detection: 'suspicious-client', actor: `ben@${DOMAIN}`, attack: ['T1114.002'] },
    ])
      expect(findingsOf(first)).toContainEqual(expect.objectContaining(expected))
    expect(Object.keys(summaryOf(first) ?? {})).toEqual(SUMMARY)
    expect(summaryOf(first)).toMatchObject({
      ...counts(blobs),
      rejected: {},
      findings: findingsOf(first).length,
      incidents: 3,
    })
    for (const other of others) expect(other.stdout).toBe(first.stdout)

    const together = await replay(dir)
    const { records, duplicates } = counts(blobs)
    expect(findingsOf(together)).toEqual(findingsOf(first))
    expect(summaryOf(together)).toMatchObject({
      records,
      duplicates: (names.length - 1) * records + names.length * duplicates,
      incidents: 3,
    })
  })

  test('says the same byte for byte in whatever order files and records come', async () => {
    const dir = await folder('shuffled')
    const outputs = await inTurn([1, 2, 3], async seed => {
      const random = makeRandom(seed)
      const mixed = random.shuffle([...all, ...busyHour(DAY)])
      const cut = random.int(1, mixed.length - 1)
      const files = random.shuffle([mixed.slice(0, cut), mixed.slice(cut)]).map((part, i) => ({
        path: join(dir, `${seed}-${i}.jsonl`),
        part,
      }))
      for (const { path, part } of files) await writeFile(path, jsonLines(part))
      return await replay(...files.map(({ path }) => path))
    })
    expect(outputs[0]?.code).toBe(0)
    expect(new Set(outputs.map(({ stdout }) => stdout)).size).toBe(1)
  })

  test('names the first 50 records of a finding, oldest first', async () => {
    const file = join(await folder('busy'), 'busy.jsonl')
    const busy = busyHour(DAY)
    await writeFile(file, jsonLines(busy.toReversed()))
    const finding = findingsOf(await replay(file)).find(({ detection }) => detection === 'bulk-mail-read')
    expect(finding).toMatchObject({
      detection: 'bulk-mail-read',
      count: 240,
      limit: 201,
      records: { length: 50 },
    })
    expect(finding?.records).toEqual(busy.slice(0, 50).map(({ Id }) => Id))
  })

  test('takes the domains for its own that it is told, or those of the mailbox owners, and says which', async () => {
    const file = join(await folder('domains'), 'export.jsonl')
    await writeFile(file, jsonLines(all))
    const forwards = (ended: Ended) =>
      findingsOf(ended).some(({ detection }) => detection === 'inbox-rule-forwarding')

    const told = await run(['replay', '--json', file], {
      env: { INTERNAL_DOMAINS: `${DOMAIN}, postfast.example` },
    })
    expect(told).toMatchObject({ code: 0, stderr: '' })
    expect(forwards(told)).toBe(false)

    const learned = await run(['replay', '--json', file])
    expect(forwards(learned)).toBe(true)
    expect(learned.stderr).toMatch(/^INTERNAL_DOMAINS is not set; .*: birchwood\.example\n$/)
  })

  test('ends with 1 where something as bad as --fail-on is found', async () => {
    const dir = await folder('fail-on')
    const file = join(dir, 'busy.jsonl')
    await writeFile(file, jsonLines(busyHour(DAY)))
    const codes = await inTurn(
      ['low', 'medium', 'high'],
      async level => (await replay('--fail-on', level, file)).code,
    )
    expect(codes).toEqual([1, 1, 0])
  })

  test('judges by the file that tunes: limits, domains, what is posted and what is allowed', async () => {
    const dir = await folder('tuned')
    const file = join(dir, 'export.jsonl')
    await writeFile(file, jsonLines([...all, ...busyHour(DAY)]))
    const tuning = {
      internalDomains: [DOMAIN],
      alertFrom: 'critical',
      detections: { 'bulk-mail-read': { terms: { accesses: { atLeast: 241 } } } },
      allow: [
        { app: CRM, reason: 'new CRM', owner: `it@${DOMAIN}`, from: '2026-03-01', until: '2026-03-31' },
      ],
    }
    await writeFile(join(dir, 'tuning.json'), JSON.stringify(tuning))
    const config = ['--config', join(dir, 'tuning.json')]

    const before = await run(['replay', '--json', file], { env })
    const ended = await run(['replay', '--json', ...config, file])
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    const found = (where: Ended) => findingsOf(where).map(({ detection }) => detection)
    expect(found(before).filter(id => id === 'bulk-mail-read')).toHaveLength(1)
    expect(found(ended)).toEqual(found(before).filter(id => id !== 'bulk-mail-read'))
    for (const finding of findingsOf(ended))
      expect(finding.allowed).toBe(finding.app === CRM ? 'new CRM' : undefined)
    expect(summaryOf(ended)).toMatchObject({ incidents: 3 })

    const told = await run(['replay', ...config, file])
    expect(told.stdout.match(/^ (LOW|MEDIUM|HIGH|CRITICAL) · /gm)).toEqual([' CRITICAL · '])
    expect(told.stdout).toMatch(
      /in 3 incidents\. 2 of them are not posted: allowed, or less bad than alertFrom\.\n$/,
    )

    const beside = await run(['replay', file], { cwd: dir, env: { WAXSEAL_CONFIG: 'tuning.json' } })
    expect(beside.stdout).toBe(told.stdout)
    expect(beside.stderr).toBe(`Tuned by ${join(dir, 'tuning.json')}.\n`)

    // What is allowed does not count; what is merely not posted does.
    const failing = (level: string, paths: string) => run(['replay', '--fail-on', level, ...config, paths])
    expect((await failing('medium', file)).code).toBe(1)
    const crm = join(dir, 'crm.jsonl')
    await writeFile(crm, jsonLines(all.filter(one => JSON.stringify(one).includes(CRM))))
    expect((await failing('low', crm)).code).toBe(0)
    expect((await run(['replay', '--fail-on', 'high', crm], { env })).code).toBe(1)
  })

  test('tells people what it found, and what to do about it', async () => {
    const file = join(await folder('people'), 'export.jsonl')
    await writeFile(file, jsonLines(all))
    const { stdout, code } = await run(['replay', file], { env })
    expect(code).toBe(0)
    expect(stdout).toMatch(/CRITICAL · Inbox rule sends mail outside/)
    expect(stdout).toMatch(/\n {2}1\. /)
    expect(stdout).toMatch(/\d findings in 3 incidents\.\n$/)
    expect(stdout).not.toContain('\u001b')
  })

  test.runIf(process.platform !== 'win32')('does not mind a reader that has seen enough', async () => {
    const file = join(await folder('pipe'), 'export.jsonl')
    await writeFile(file, jsonLines(all))
    const line = '{ "$0" "$1" replay --json "$2"; echo "code $?" >&2; } | true'
    const shell = launchProgram('sh', ['-c', line, process.execPath, WAXSEAL, file], { env })
    const { stderr } = await shell.ended
    expect(stderr).toBe('code 0\n')
  })
})

async function inTurn<T, R>(items: readonly T[], step: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  for (const item of items) results.push(await step(item))
  return results
}
