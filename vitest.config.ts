import { defineConfig } from 'vitest/config'
import type { VitestPluginContext } from 'vitest/node'

/**
 * Tests that leave their process as it was (no setting, no credential, which Microsoft's library keeps for the whole
 * process): files share a worker and what it has loaded. Loaded anew for each, `core` takes twice the processor time.
 */
const SHARING = ['{core,cli,emulator}/**/*.test.ts', 'test/*.test.ts']
const CHANGING = ['emulator/managed-identity.test.ts']

const common = {
  testTimeout: 90_000,
  hookTimeout: 30_000,
  teardownTimeout: 20_000,
  // Threads start faster than processes, and still have their own modules, environment and trusted certificates.
  pool: 'threads',
} as const

/** Vitest keeps `--exclude` for the root, which has no tests of its own. */
const plugins = [
  {
    name: 'exclude',
    configureVitest({ project, vitest }: VitestPluginContext) {
      project.config.exclude.push(...(vitest.config.cliExclude ?? []))
    },
  },
]

export default defineConfig({
  test: {
    // Of the root alone, so that one Azurite serves both projects.
    globalSetup: ['test/support/azurite.ts'],
    // One more than the cores of a small machine: some tests wait for child processes.
    maxWorkers: 3,
    projects: [
      { plugins, test: { ...common, name: 'sharing', include: SHARING, exclude: CHANGING, isolate: false } },
      {
        plugins,
        test: {
          ...common,
          name: 'alone',
          include: ['{functions,bench}/**/*.test.ts', 'test/*/**/*.test.ts', ...CHANGING],
        },
      },
    ],
  },
})
