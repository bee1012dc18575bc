import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const MOST_RUNS = 60
const FOLDERS = ['core/model/', 'core/engine/', 'test/']

/** The first test that fails ends it, so the quick ones go first. */
class QuickFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return FOLDERS.flatMap(folder => files.filter(({ moduleId }) => moduleId.includes(`/${folder}`)))
  }
}

/** The pure tests that start quickly; what they miss, tests over all detections would find, at a hundred times the cost. */
export default defineConfig({
  plugins: [
    {
      // A mutant that any input of a property tells apart is nearly always told apart by one of the first.
      name: 'fewer-runs',
      transform: code =>
        code.replace(/numRuns: ([\d_]+)/g, (_, runs: string) => {
          return `numRuns: ${Math.min(MOST_RUNS, Number(runs.replaceAll('_', '')))}`
        }),
    },
  ],
  test: {
    include: ['core/{model,engine}/**/*.test.ts', 'test/windows.test.ts'],
    setupFiles: ['test/mutants/setup.ts'],
    sequence: { sequencer: QuickFirst },
    // What takes too long is Stryker's to judge: a busy machine must not count as a killed mutant.
    testTimeout: 90_000,
    pool: 'threads',
    maxWorkers: 1,
    // Every mutant has a worker of its own anyway; its test files share it and what they import.
    isolate: false,
  },
})
