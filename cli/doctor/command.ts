import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { makeApp, openStorage } from '../../core/app.ts'
import { readConfiguration } from '../../core/configuration.ts'
import { type Examination, worstState } from '../../core/doctor/doctor.ts'
import { diagnosis } from '../../core/doctor/messages/index.ts'
import { silent } from '../../core/log.ts'
import { ConfigError, StoreError } from '../../core/model/errors.ts'
import { iso } from '../../core/model/time.ts'
import { runSignal } from '../../core/net/deadline.ts'
import { teamsDoubts } from '../../core/sinks/teams/url.ts'
import { makeMemoryTables } from '../../core/stores/memory.ts'
import { makeMemoryQueue } from '../../core/stores/queue/memory.ts'
import { jsonLine } from '../json-line.ts'
import { spareLoopback } from '../loopback.ts'
import { interrupted } from '../start/interrupt.ts'
import { type LocalStorage, openLocalStorage } from '../start/storage.ts'
import { readCode } from './code.ts'
import { examinationText } from './text.ts'

export interface DoctorOptions {
  readonly json?: boolean
  readonly fix?: boolean
  readonly card?: boolean
  readonly data?: string
}

/** For everything that is asked; what hangs is told as not answering. */
const MINUTES = 3
const FOLDER = '.waxseal'

/** Looks at everything that a set-up needs. Returns the exit code: 1 where somebody is needed. */
export async function doctor(options: DoctorOptions): Promise<number> {
  spareLoopback()
  const examination = await examine(options)
  if (options.json) {
    for (const check of examination.checks) print({ type: 'check', ...check })
    for (const permission of examination.permissions) print({ type: 'permission', ...permission })
    for (const coverage of examination.coverage) print({ type: 'coverage', ...coverage })
    const { at, state, tenant } = examination
    print({ type: 'summary', tenant, at, state })
  } else process.stdout.write(examinationText(examination))
  return examination.state === 'red' ? 1 : 0
}

const print = (line: object) => console.log(jsonLine(line))

async function examine({ card, data, fix = false }: DoctorOptions): Promise<Examination> {
  const environment = usable(process.env)
  const storage = await openStored(data, fix)
  try {
    const local = typeof storage === 'object' ? { AzureWebJobsStorage: storage.connectionString } : {}
    const place = storage === 'account' ? {} : { AzureWebJobsStorage: 'UseDevelopmentStorage=true', ...local }
    const read = attempt({ ...environment, ...place })
    if (!('settings' in read)) return unreadable(read.problems)
    const platform = { now: Date.now, random: Math.random, log: silent, environment: process.env }
    const tables =
      typeof storage === 'object' || storage === 'account' ? openStorage(read.settings, platform) : inMemory()
    const signal = runSignal(Date.now() + MINUTES * 60_000, Date.now(), interrupted())
    const found = await makeApp(read.settings, platform, tables).doctor.examine(
      { fix, ...(card && { card: readCode }) },
      signal,
    )
    return typeof storage === 'object' || storage === 'account' ? found : withoutState(found, storage)
  } finally {
    if (typeof storage === 'object') await storage.stop()
  }
}

/** A retired Teams address stops the whole program; here it must not hide everything else. */
function usable(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const address = URL.parse(environment.TEAMS_WEBHOOK_URL?.trim() ?? '')
  if (address === null || !teamsDoubts(address).includes('teams-retired')) return environment
  const { TEAMS_WEBHOOK_URL: _, ...rest } = environment
  return rest
}

function attempt(environment: NodeJS.ProcessEnv) {
  try {
    return readConfiguration(environment, [process.cwd()], Date.now() / 1000)
  } catch (error) {
    if (error instanceof ConfigError) return { problems: error.problems }
    throw error
  }
}

function unreadable(problems: readonly string[]): Examination {
  const checks = problems.map(problem =>
    diagnosis('settings-wrong', 'the environment and waxseal.config.json', { problem }),
  )
  const tenant = process.env.AZURE_TENANT_ID || 'not named'
  return { tenant, at: iso(Date.now() / 1000), state: 'red', checks, permissions: [], coverage: [] }
}

/** `account`: AzureWebJobsStorage names one. Nothing is made on this machine but with `--fix`. */
type Stored = LocalStorage | 'account' | 'storage-none' | 'storage-used'

async function openStored(data: string | undefined, fix: boolean): Promise<Stored> {
  const account = Object.entries(process.env).some(
    ([name, value]) => value && /^AzureWebJobsStorage(__|$)/.test(name),
  )
  if (account) return 'account'
  const folder = data ?? FOLDER
  if (!fix && !existsSync(join(folder, 'azurite'))) return 'storage-none'
  try {
    return await openLocalStorage(folder, false)
  } catch (error) {
    if (error instanceof StoreError && error.message.includes('Another run is using')) return 'storage-used'
    throw error
  }
}

function inMemory() {
  return { tables: makeMemoryTables(), queue: makeMemoryQueue<never>(() => Math.floor(Date.now() / 1000)) }
}

/** What only a running system knows was not looked at. */
function withoutState(found: Examination, why: 'storage-none' | 'storage-used'): Examination {
  const stored = new Set(['storage', 'polling', 'pace', 'mail-reads'])
  const kept = found.checks.filter(({ check, id }) => !stored.has(check) || id === 'throttled')
  const checks = [...kept, diagnosis(why, `the folder ${FOLDER}`)]
  return { ...found, checks, state: worstState(checks) }
}
