import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{core,functions,cli,emulator,test,bench}/**/*.test.ts'],
    globalSetup: ['test/support/azurite.ts'],
    testTimeout: 90_000,
    hookTimeout: 30_000,
    teardownTimeout: 20_000,
    // Threads start faster than processes, and still have their own modules, environment and trusted certificates.
    pool: 'threads',
    // One more than the cores of a small machine: some tests wait for child processes.
    maxWorkers: 3,
  },
})
