import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { startAzurite } from '../../../cli/azurite.ts'
import { startIdentity } from '../../chain/identity.ts'
import { makeTeam, type Team } from './team.ts'
import { makeWorldClock, type WorldClock } from './world-clock.ts'

/** What all seeds of a run share: one Azurite, worker processes, the door to whatever tenant there is, and the time. */
export interface Stage {
  readonly clock: WorldClock
  /** Of an Azurite that lives in the simulated world’s time. */
  readonly storage: string
  readonly identity: Awaited<ReturnType<typeof startIdentity>>
  /** Address of a storage account that refuses everything with the status its path begins with. */
  readonly refusals: string
  readonly team: Team
  close(): Promise<void>
}

export async function openStage(spares: number): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'waxseal-simulator-'))
  const clock = makeWorldClock(join(folder, 'clock'))
  const script = join(folder, 'worker.mjs')
  await bundleWorker(script)
  const azurite = await inWorldTime(clock, () => startAzurite())
  const identity = await startIdentity()
  const refusals = await startRefusals()
  const environment = {
    SIMULATOR_CLOCK: clock.path,
    NODE_COMPILE_CACHE: join(folder, 'cache'),
    IDENTITY_ENDPOINT: identity.endpoint,
    IDENTITY_HEADER: 'any',
  }
  const team = makeTeam({ clock, environment, script, spares })
  return {
    clock,
    storage: azurite.connectionString,
    identity,
    refusals: refusals.url,
    team,
    async close() {
      team.stop()
      identity.stop()
      refusals.stop()
      await azurite.stop()
      clock.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** One file that starts in a fifth of a second, where the sources take several times as long. */
async function bundleWorker(outfile: string): Promise<void> {
  await build({
    entryPoints: [join(import.meta.dirname, 'worker.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    banner: {
      js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
    },
    logLevel: 'warning',
  })
}

/** Azurite is given this process’s environment: it loads the simulated time before anything else. */
async function inWorldTime<T>(clock: WorldClock, start: () => Promise<T>): Promise<T> {
  const before = { NODE_OPTIONS: process.env.NODE_OPTIONS, SIMULATOR_CLOCK: process.env.SIMULATOR_CLOCK }
  const preload = new URL('world-time.ts', import.meta.url).href
  Object.assign(process.env, { NODE_OPTIONS: `--import ${preload}`, SIMULATOR_CLOCK: clock.path })
  try {
    return await start()
  } finally {
    for (const [name, value] of Object.entries(before))
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
  }
}

/** Tables answer in OData, queues in XML. */
async function startRefusals(): Promise<{ url: string; stop(): void }> {
  const server = createServer((request, response) => {
    request.resume()
    const status = Number(request.url?.slice(1, 4))
    const code = status === 412 ? 'UpdateConditionNotSatisfied' : 'ServerBusy'
    const tables = request.headers.accept?.includes('json') === true
    const error = { 'odata.error': { code, message: { lang: 'en-US', value: 'The simulator wanted so.' } } }
    const body = tables ? JSON.stringify(error) : `<?xml version="1.0"?><Error><Code>${code}</Code></Error>`
    const type = tables ? 'application/json' : 'application/xml'
    response.writeHead(status, { 'Content-Type': type, 'x-ms-error-code': code }).end(body)
  })
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}
