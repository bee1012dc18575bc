import type { TestProject } from 'vitest/node'
import { startAzurite } from '../../cli/azurite.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Connection string of the run's Azurite (blobs, queues, tables in memory); empty when it could not start. */
    storage: string
  }
}

/**
 * One Azurite for the whole run, shared by all test files: pick names of your own (`uniqueName`). A machine on which it
 * does not start skips the tests that need it, and says so; under CI that is a failure.
 */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  try {
    const azurite = await startAzurite()
    project.provide('storage', azurite.connectionString)
    return azurite.stop
  } catch (error) {
    if (process.env.CI) throw error
    const reason = error instanceof Error ? error.message : String(error)
    console.warn(`\nAzurite did not start, so the tests against it are skipped. ${reason}\n`)
    project.provide('storage', '')
    return undefined
  }
}
