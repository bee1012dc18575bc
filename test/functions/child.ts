import { pathToFileURL } from 'node:url'
import { installFakeCore } from './fake-core.ts'
import type { Request, Told } from './host.ts'

// Loads an entry point the way the worker does, in a process that nothing else has touched.
const core = installFakeCore()
const tell = (told: Told) => process.send?.(told)

await import(pathToFileURL(process.argv[2] ?? '').href)

process.on('message', async ({ id, name, data }: Request) => {
  tell({ id, outcome: await core.run(name, data) })
})
tell({ registrations: core.registrations() })
