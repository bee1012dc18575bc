import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { examinationText } from '../../cli/doctor/text.ts'
import { drillText } from '../../cli/drill/words.ts'
import { present } from '../../cli/errors.ts'
import { jsonLine } from '../../cli/json-line.ts'
import { reportLine, reportText } from '../../cli/ledger/text.ts'
import { findingLine, summaryLine } from '../../cli/lines.ts'
import { quarantinedLine, quarantinedText } from '../../cli/quarantine/text.ts'
import { reportFiles } from '../../cli/report/build.ts'
import { writtenText } from '../../cli/report/text.ts'
import { terminalLog } from '../../cli/start/log.ts'
import { makeScreen } from '../../cli/start/screen.ts'
import { alertText } from '../../cli/terminal.ts'
import { diagnosis } from '../../core/doctor/messages/index.ts'
import type { Alert, Fact } from '../../core/model/alert.ts'
import { ConfigError, FeedError } from '../../core/model/errors.ts'
import type { Finding } from '../../core/model/finding.ts'
import { oneLine } from '../../core/net/one-line.ts'
import { digestAlert } from '../../core/pipeline/digest-text.ts'
import { lostNotice, tellOperator, troubleNotice } from '../../core/pipeline/notices.ts'
import type { Quarantined } from '../../core/pipeline/quarantine.ts'
import { renderCard } from '../../core/sinks/teams/card.ts'
import { renderWebhook } from '../../core/sinks/webhook/render.ts'
import { makeMemoryTables } from '../../core/stores/memory.ts'
import { makeOutbox } from '../../core/stores/outbox.ts'
import { HOSTILE_TEXTS, MEGABYTES } from '../support/hostile.ts'
import { evidenceOf, madeOf } from '../support/hostile-evidence.ts'
import { acting, steering } from '../support/inert.ts'
import { SAMPLE_ALERTS } from '../support/sample-alerts.ts'

const ROOT = join(import.meta.dirname, '../..')
const [sample] = SAMPLE_ALERTS
if (!sample) throw new Error('there is no sample')
const { alert: ordinary, posted } = sample

/** An alert of nothing but this text. */
function alertOf(text: string): Alert {
  const facts: Fact[] = [{ name: text, value: text }]
  const rule = {
    finding: text,
    detection: text,
    severity: 'low',
    count: 2,
    limit: 2,
    attack: [text],
  } as const
  return {
    ...ordinary,
    ...{
      id: text,
      incident: text,
      tenant: text,
      tenantName: text,
      kind: text,
      headline: text,
      sentence: text,
    },
    ...{ change: text, notKnown: text, actor: text, mailboxes: [text], steps: [text], facts, rules: [rule] },
    timeline: { title: text, from: posted, step: 600, bars: [1] },
    links: [
      {
        title: text,
        url: `https://entra.microsoft.com/#view/${encodeURIComponent(text.slice(0, 50).toWellFormed())}`,
      },
    ],
  }
}

function findingOf(text: string): Finding {
  const all = [text]
  return {
    ...{
      id: text,
      tenant: text,
      detection: 'bulk-mail-read',
      term: text,
      key: [text, text],
      severity: 'low',
    },
    ...{ start: 0, end: 1, count: 1, limit: 1, technique: 'T1114', actor: text, app: text, apps: all },
    ...{ actors: all, mailboxes: all, addresses: all, clients: all, sessions: all, notes: all, records: all },
    ...{ recordCount: 1, basis: 1, timeline: { from: 0, step: 600, bars: [1] } },
  }
}

const ledgerOf = (text: string) => ({
  ...{ feed: text, from: 0, to: 1, lost: [] },
  blobs: { listed: 1, done: 1, pending: 0, quarantined: 0, dropped: 0, expired: 0 },
  records: { parsed: 1, evaluated: 0, duplicates: 0, rejected: { [text]: 1 } },
})
const quarantinedOf = (text: string): Quarantined => ({
  id: '0123456789',
  entry: {
    ...{
      state: 'quarantined',
      listedAt: 0,
      resendAt: 1,
      endedAt: 1,
      reason: text,
      problem: text,
      retries: 1,
    },
    blob: { feed: text, id: text, uri: text, created: text, expires: text },
  } as const,
})
const examinationOf = (text: string) => ({
  ...({ tenant: text, at: text, state: 'red' } as const),
  checks: [diagnosis('settings-wrong', text, { problem: text })],
  permissions: [{ value: text, need: 'optional', adds: text, resource: text, granted: false } as const],
  coverage: [{ what: text, sees: 'no', detail: text } as const],
})

/** What ends a command, and what a run says while it goes on. */
function saidBy(error: unknown): string {
  let said = ''
  present(error, text => {
    said += text
  })
  return said
}
function logged(text: string): string {
  let said = ''
  const write = vi.spyOn(process.stderr, 'write').mockImplementation(chunk => {
    said += chunk
    return true
  })
  onTestFinished(() => void write.mockRestore())
  terminalLog().warn(text)
  terminalLog().error(text)
  write.mockRestore()
  return said
}

/**
 * Every file that shows, posts or prints something: by what is done with a hostile text here, or the words why none gets
 * in, with the test that shows it.
 */
const WRITERS: Readonly<Record<string, ((text: string) => string) | string>> = {
  'cli/azurite-guard.ts': 'what Azurite itself prints; it is given nothing from outside',
  'cli/detections.ts': 'our own catalogue',
  'cli/doctor/command.ts': text => jsonLine(examinationOf(text)),
  'cli/doctor/text.ts': text => examinationText(examinationOf(text)),
  'cli/drill/command.ts': 'prints what cli/drill/run.ts says',
  'cli/drill/run.ts': text => drillText({ mailbox: text, event: 0, told: true }),
  'cli/grant/carry-out.ts': 'our own permissions; ids are GUIDs: test/cli/grant.test.ts',
  'cli/grant/command.ts': 'ids are GUIDs and names are plain: test/cli/grant.test.ts',
  'cli/init/command.ts': 'what its user typed',
  'cli/init/diff.ts': "its user's own files",
  'cli/ledger/command.ts': text => reportText(ledgerOf(text)) + reportLine(ledgerOf(text)),
  'cli/main.ts': text =>
    saidBy(new FeedError('rejected', text)) + saidBy(new ConfigError([text])) + saidBy(new Error(text)),
  'cli/quarantine/command.ts': text =>
    quarantinedText(quarantinedOf(text)) + quarantinedLine(quarantinedOf(text)),
  'cli/report/command.ts': text =>
    writtenText(evidenceOf(text), text, []) +
    reportFiles(evidenceOf(text), madeOf(text))
      .map(({ text: written }) => written.replace(/^\ufeff/, '').replaceAll('\r\n', '\n'))
      .join(''),
  'cli/replay/command.ts': text =>
    `${alertText(alertOf(text))}${findingLine(findingOf(text), text, { id: text, reason: text } as never)}\n`,
  'cli/start/configured.ts': text => saidBy(new FeedError('rejected', oneLine(text))),
  'cli/start/emulated.ts': 'our own scenarios',
  'cli/start/log.ts': logged,
  'cli/start/station.ts': text =>
    `${findingLine(findingOf(text), text)}\n${summaryLine({ records: 1, duplicates: 0, rejected: { [text]: 1 }, mailboxes: 0, mailboxesWithReads: 0, from: 0, to: 1 }, 0, 0)}\n`,
  'cli/terminal.ts': text => alertText(alertOf(text), posted),
}

/** Files of a report by what else could act in them, besides what steers a terminal. Names and number of files are ours. */
const PAGE =
  /<(?!\/?(?:html|head|title|style|body|header|section|h[1-3]|p|dl|dt|dd|div|ul|ol|li|table|thead|tbody|tr|t[hd]|time|span|bdi|code|pre|a)\b|!doctype|meta |br>)/
const LINKS =
  /href="(?!https:\/\/purview\.microsoft\.com\/audit\/auditsearch"|[\w-]+\.(?:csv|json)"|incident-[0-9a-f]{24}\/report\.html")/
const acts: Readonly<Record<string, (written: string) => boolean>> = {
  html: written =>
    PAGE.test(written) || LINKS.test(written) || / on\w+=/.test(written.replace(/>[^<]*</g, '><')),
  csv: written =>
    (parse(written, { bom: true }) as string[][]).flat().some(cell => /^\s*[=+\-@＝＋－＠]/u.test(cell)),
  json: written => JSON.parse(written).type !== 'report',
}

describe('a report', () => {
  it('is of files that are named by us, whatever stands in them, and nothing in one acts', () => {
    const names = reportFiles(evidenceOf('x'), madeOf('x')).map(({ path }) =>
      path.replace(/-[0-9a-f]{24}/, '-'),
    )
    for (const text of [...HOSTILE_TEXTS, ...MEGABYTES.slice(0, 2)]) {
      const files = reportFiles(evidenceOf(text), madeOf(text))
      expect(files.map(({ path }) => path.replace(/-[0-9a-f]{24}/, '-'))).toEqual(names)
      for (const { path, text: written } of files)
        expect(acts[path.split('.')[1] ?? '']?.(written) ?? false, `${path} of ${text.slice(0, 99)}`).toBe(
          false,
        )
    }
  })

  it('is all that is written to files, besides what init asks for', () => {
    const files = globSync('{cli,core,functions}/**/*.ts', { cwd: ROOT }).filter(file => !/test/.test(file))
    const writing = files.filter(file =>
      /\b(?:writeFile|appendFile|createWriteStream|copyFile|rename|symlink)(?:Sync)?\(|'wx'/.test(
        readFileSync(join(ROOT, file), 'utf8'),
      ),
    )
    expect(writing.sort()).toEqual(['cli/init/command.ts', 'cli/report/folder.ts'])
  })
})

const PRINTS = /process\.(?:stdout|stderr)|console\.\w+\(|\bsay\(/

describe('whatever prints', () => {
  it('is in the list above', () => {
    const files = globSync('cli/**/*.ts', { cwd: ROOT }).filter(file => !/test/.test(file))
    const printing = files.filter(file => PRINTS.test(readFileSync(join(ROOT, file), 'utf8')))
    expect(printing.sort()).toEqual(Object.keys(WRITERS).sort())
  })

  const written = Object.entries(WRITERS).flatMap(([file, write]) =>
    typeof write === 'string' ? [] : [{ file, write }],
  )
  it.each(written)('$file: nothing in it steers a terminal', ({ write }) => {
    for (const text of [...HOSTILE_TEXTS, ...MEGABYTES.slice(0, 2)]) {
      const out = write(text)
      expect(steering(out)).toEqual([])
    }
  })

  it('shows as many lines, whatever stands in them', () => {
    const lines = (text: string) => {
      let shown = ''
      const screen = makeScreen(part => {
        shown += part
      })
      void screen.send(alertOf(text), posted, new AbortController().signal)
      return shown.split('\n').filter(line => !/^\s|^\S.* $/.test(line)).length
    }
    for (const text of HOSTILE_TEXTS.filter(one => one.length < 100)) expect(lines(text)).toBe(lines('x'))
  })
})

/** What makes alerts besides detections. */
async function alertsOf(text: string): Promise<Alert[]> {
  const outbox = makeOutbox(makeMemoryTables(), 't')
  const deps = { tenant: text, sinks: ['teams'], outbox, now: () => 0 }
  await tellOperator(deps, troubleNotice([text], 'unavailable', text))
  await tellOperator(deps, lostNotice(text, text, text))
  const week = {
    span: { from: 0, to: 604_800 },
    blobs: 1,
    records: 1,
    unread: 1,
    dropped: 0,
    rejected: 0,
    pending: 0,
    posted: {},
    held: 0,
    allowed: 0,
  }
  const lost = [{ feed: text, why: text }]
  const names = { lost, blind: [text], working: [text], missing: [text], refused: [text] }
  const digest = digestAlert({ ...week, ...names }, { tenant: text, incident: 'digest-1' })
  return [alertOf(text), digest, ...(await outbox.all('teams')).map(({ delivery }) => delivery.alert)]
}

/** Who renders alerts for a receiver, by the folder of the sink. */
const SINKS: Readonly<Record<string, (alert: Alert) => readonly string[]>> = {
  teams: alert => acting(renderCard({ ...alert, mailboxes: [] }, posted)),
  webhook: alert => strings(renderWebhook(alert, posted)).flatMap(steering),
}

function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : []
}

describe('whatever posts', () => {
  it('is in the list above', () => {
    const folders = globSync('core/sinks/*/sink.ts', { cwd: ROOT }).map(file => file.split(/[/\\]/)[2])
    expect(folders.sort()).toEqual(Object.keys(SINKS))
  })

  it.each(Object.entries(SINKS))('%s: alerts, notices and digests are inert', async (_, render) => {
    for (const text of HOSTILE_TEXTS)
      for (const alert of await alertsOf(text)) expect(render(alert)).toEqual([])
    for (const text of MEGABYTES) expect(render(alertOf(text))).toEqual([])
  })
})
