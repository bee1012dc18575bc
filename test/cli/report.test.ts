import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { expect, inject, onTestFinished, test } from 'vitest'
import { HOUR, MINUTE } from '../../emulator/index.ts'
import { breakIn, CRM, publish } from './break-in.ts'
import { complaintsOf, linesOf, makeCommand } from './command.ts'
import { FINDING, FINDING_WITHOUT_APP } from './contract.ts'
import { startFirm } from './firm.ts'

const command = makeCommand()

test.runIf(inject('storage'))(
  'waxseal report writes what is on record about incidents, and nothing but that',
  { timeout: 240_000 },
  async () => {
    const firm = await startFirm({}, { TENANT_NAME: '../Birch<b>wood\u202e' })
    onTestFinished(firm.stop)
    const [data, place] = [await command.folder('state'), await command.folder('reports')]
    const surroundings = () => ({ ...firm.surroundings(), cwd: place })
    const report = (...more: string[]) => command.run(['report', '--data', data, ...more], surroundings())
    const told = async (...more: string[]) => {
      const ended = await report(...more)
      expect(ended).toMatchObject({ code: 2, stdout: '' })
      return complaintsOf(ended)
    }

    expect(await told()).toEqual([expect.stringMatching(/^No state is kept in /)])
    publish(firm.tenant, breakIn(Date.now() - 2 * HOUR), Date.now() - 10 * MINUTE)
    await command.run(['start', '--once', '--data', data], surroundings())

    const all = await report('--out', 'all', '--json')
    expect(all).toMatchObject({ code: 0, stderr: '' })
    firm.checkSecrets({ ...all, stdout: all.stdout.replace(/"sha256":"\w+"/g, '') })
    const lines = linesOf(all)
    expect(lines.at(-1)).toMatchObject({ type: 'summary', out: 'all', incidents: 3 })
    const files = lines.filter(({ type }) => type === 'file')
    expect((await readdir(join(place, 'all'), { recursive: true })).length).toBe(files.length + 3)
    for (const { path, sha256 } of files) {
      const bytes = await readFile(join(place, String(path)))
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256)
    }
    const sums = await readFile(join(place, 'all/SHA256SUMS'), 'utf8')
    expect(sums.split('\n').length).toBe(files.length)

    // What the application did: an incident like any other, whose mailboxes and records are all there.
    const index = JSON.parse(await readFile(join(place, 'all/report.json'), 'utf8'))
    const reports = await Promise.all(
      index.incidents.map(async ({ folder }: { folder: string }) => {
        const inFolder = (name: string) => readFile(join(place, 'all', folder, name), 'utf8')
        const rows = async (name: string) =>
          parse(await inFolder(name), { bom: true, columns: true }) as Record<string, string>[]
        return {
          ...JSON.parse(await inFolder('report.json')),
          html: await inFolder('report.html'),
          mailboxes: await rows('mailboxes.csv'),
          records: await rows('records.csv'),
          rows: await rows('findings.csv'),
        }
      }),
    )
    const crm = reports.find(({ incident }) => incident.actor === `app:${CRM}`)
    for (const finding of crm.findings)
      expect([FINDING, FINDING_WITHOUT_APP]).toContainEqual(Object.keys(finding))
    expect(crm.rows.map(({ finding }: { finding: string }) => finding)).toEqual(
      crm.findings.map(({ id }: { id: string }) => id),
    )
    const visits = crm.mailboxes.filter(
      ({ detection }: { detection: string }) => detection === 'cross-mailbox-access',
    )
    expect(visits).toHaveLength(12)
    for (const { first, last, records, times } of visits) {
      expect({ records, times }).toEqual({ records: '1', times: 'mailbox' })
      expect(first).toBe(last)
    }
    expect(new Set(crm.records.map(({ mailbox }: { mailbox: string }) => mailbox)).size).toBe(12)
    expect(crm.records.map(({ record }: { record: string }) => record)).toEqual(
      expect.arrayContaining(crm.findings.flatMap(({ records }: { records: string[] }) => records)),
    )
    expect(crm.told).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ sink: 'teams', state: 'done' }),
        expect.objectContaining({ sink: 'screen', state: 'done' }),
      ]),
    )
    const exchange = crm.ledger.find(({ feed }: { feed: string }) => feed === 'Audit.Exchange')
    expect(exchange).toMatchObject({ listed: 5, done: 5, pending: 0, quarantined: 0, expired: 0 })
    expect(exchange.lost).toMatchObject([{ kind: 'before-start' }])
    for (const text of [
      'Birch&lt;b&gt;wood',
      'Purview audit search',
      '12 mailboxes',
      'before the first start',
    ])
      expect(crm.html).toContain(text)
    expect(crm.html).not.toMatch(/<b>|\u202e|<script/)

    // One alone, whenever it was.
    const one = await report(crm.incident.id, '--out', 'deep/er/one')
    expect(one).toMatchObject({ code: 0, stderr: '' })
    expect(one.stdout).toContain(crm.incident.id)
    expect((await readdir(join(place, 'deep/er/one'))).sort()).toEqual(
      [crm.incident.id, 'SHA256SUMS', 'index.html', 'report.json'].sort(),
    )

    // Nothing happened then, and what could not be seen is told all the same.
    const none = await report('--from', '2020-01-01', '--to', '2020-01-02', '--out', 'none')
    expect(none.stdout).toMatch(
      /^No incident is on record from 2020-01-01T00:00:00Z to 2020-01-02T00:00:00Z\.\n/,
    )
    const page = await readFile(join(place, 'none/index.html'), 'utf8')
    expect(page).toContain('No incident is on record')
    expect(page).toContain('the ledger keeps 14 days')

    const before = (await readdir(place, { recursive: true })).sort()
    const strangers = ['../../x', '/etc/passwd', '20261117-6e2bae5515a6', 'con', '%2e%2e', '__proto__']
    const complaints = await told('--out', 'other', ...strangers, crm.incident.id)
    expect(complaints).toHaveLength(strangers.length)
    for (const complaint of complaints)
      expect(complaint).toMatch(
        /^No incident "[^"]{3,40}" is on record, .* There are 2\d{7}-\w{12}, .* from \S+Z to \S+Z;/,
      )
    expect(await told('--from', 'yesterday')).toEqual([expect.stringContaining('is no time')])
    expect(await told('--out', 'all')).toEqual([expect.stringMatching(/^"all" is there already/)])
    expect(await told('--out', '.')).toEqual([expect.stringMatching(/is there already/)])
    expect(await told('--out', '')).toEqual(['--out names no folder.'])
    await writeFile(join(place, 'a-file'), 'mine')
    await mkdir(join(place, 'empty'))
    await symlink('empty', join(place, 'a-link'))
    for (const out of ['a-file', 'a-link'])
      expect(await told('--out', out)).toEqual([expect.stringMatching(/is there already/)])
    expect((await readdir(place, { recursive: true })).sort()).toEqual(
      [...before, 'a-file', 'a-link', 'empty'].sort(),
    )
    expect(await readFile(join(place, 'a-file'), 'utf8')).toBe('mine')
  },
)
