import { spawn } from 'node:child_process'
import { createRequire, getCompileCacheDir } from 'node:module'
import { tmpdir } from 'node:os'
import type { Readable } from 'node:stream'
import { StoreError } from '../core/model/errors.ts'

export interface AzuriteOptions {
  /**
   * Existing folder that keeps the data between runs, of one Azurite at a time: another start waits some seconds for
   * it. Absent: everything stays in memory and is gone afterwards.
   */
  readonly dir?: string
  /** Fixed ports, for tools that expect 10000 to 10002. Absent: free ones, picked by the system. */
  readonly ports?: { readonly blob?: number; readonly queue?: number; readonly table?: number }
}

export interface Azurite {
  readonly connectionString: string
  /** Closes the services, writes the data to `dir`, waits until the process is gone. May be called twice. */
  stop(): Promise<void>
}

/** The development account every Azure tool knows. The key is published by Microsoft and opens nothing else. */
const ACCOUNT = 'devstoreaccount1'
const KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=='

const SERVICES = ['Blob', 'Queue', 'Table'] as const
const START_MS = 30_000
/** More than it gives itself. */
const STOP_MS = 10_000

/** Starts Azurite (blobs, queues, tables) on loopback as a child process, and resolves when all three listen. */
export async function startAzurite(options: AzuriteOptions = {}): Promise<Azurite> {
  const child = spawn(process.execPath, childArguments(options), {
    cwd: options.dir ?? tmpdir(),
    env: { ...process.env, NODE_COMPILE_CACHE: getCompileCacheDir() },
    // Its own process group: Ctrl-C in a terminal reaches the parent only, which still needs its storage to finish.
    detached: process.platform !== 'win32',
    windowsHide: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const exited = new Promise<void>(resolve => {
    child.once('close', () => resolve())
    child.once('error', () => resolve())
  })
  child.stdin.on('error', () => {})

  let stopping: Promise<void> | undefined
  const stop = () => {
    stopping ??= (async () => {
      child.stdin.end()
      const hard = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
      await exited
      clearTimeout(hard)
    })()
    return stopping
  }

  try {
    const endpoints = await listening(child.stdout, child.stderr, exited)
    return { connectionString: connectionString(endpoints), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function childArguments({ dir, ports = {} }: AzuriteOptions): string[] {
  const entry = createRequire(import.meta.url).resolve('azurite/dist/src/azurite.js')
  const guard = new URL('azurite-guard.ts', import.meta.url).href
  const place = dir === undefined ? ['--inMemoryPersistence'] : ['--location', '.']
  const listen = SERVICES.flatMap(service => {
    const name = service.toLowerCase() as Lowercase<typeof service>
    return [`--${name}Host`, '127.0.0.1', `--${name}Port`, String(ports[name] ?? 0)]
  })
  return [
    '--import',
    guard,
    entry,
    ...place,
    ...listen,
    '--disableTelemetry',
    '--silent',
    '--skipApiVersionCheck',
  ]
}

type Endpoints = Map<string, string>

/** Reads Azurite's start-up lines. Keeps reading afterwards, or a full pipe would block the child. */
function listening(stdout: Readable, stderr: Readable, exited: Promise<void>): Promise<Endpoints> {
  return new Promise((resolve, reject) => {
    const endpoints: Endpoints = new Map()
    let text = ''
    let complaint = ''
    const fail = (what: string) => {
      const [why = ''] = complaint.trim().split('\n    at ')
      reject(new StoreError('unavailable', `Azurite ${what}. ${why}`.trim()))
    }
    const timer = setTimeout(() => fail(`did not start within ${START_MS / 1000} s`), START_MS)

    stdout.setEncoding('utf8').on('data', (chunk: string) => {
      if (endpoints.size === SERVICES.length) return
      text += chunk
      for (const [, service, url] of text.matchAll(
        /Azurite (\w+) service is successfully listening at (\S+)\s/g,
      )) {
        if (service && url) endpoints.set(service, url)
      }
      if (endpoints.size < SERVICES.length) return
      clearTimeout(timer)
      resolve(endpoints)
    })
    stderr.setEncoding('utf8').on('data', (chunk: string) => {
      complaint = (complaint + chunk).slice(-1000)
    })
    void exited.then(() => {
      clearTimeout(timer)
      fail('stopped before it was ready')
    })
  })
}

function connectionString(endpoints: Endpoints): string {
  const parts = [...endpoints].map(([service, url]) => `${service}Endpoint=${url}/${ACCOUNT}`)
  return ['DefaultEndpointsProtocol=http', `AccountName=${ACCOUNT}`, `AccountKey=${KEY}`, ...parts].join(';')
}
